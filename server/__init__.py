"""The Rounds server. Start reading at `server/app.py`."""
