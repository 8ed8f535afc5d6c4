"""Use cases: one function, one transaction. Records are written through sync.push alone."""
