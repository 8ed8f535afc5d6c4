"""The history of the tables, one file a step, in one line."""
