"""The archive of a network that leaves: one file out, one command in (docs/adr/0029)."""
