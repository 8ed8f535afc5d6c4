"""The rules of the practice. Pure: no Flask, no SQLAlchemy, no clock, no chance."""
