"""Files that others' systems write, read into plain rows. Pure: nothing here stores anything."""
