"""The contract: every record and every body, once, for both sides of the wire.

Nothing in here imports anything of ours, Flask or SQLAlchemy.
"""
