"""The sync engine: what devices send is numbered, merged and handed out again.

Start with protocol.py. Nothing in here calls a service; every record in the product is
written through push.py.
"""
