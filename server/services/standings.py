"""What a member is, for access. The one place is server.sync.grants, since every push and
pull asks it inside its own transaction; services and views ask by this name.
"""

from server.sync.grants import held_scopes, standing_of

__all__ = ["held_scopes", "standing_of"]
