"""Files that leave: what was found, as CSV, XLSX or JSON. Writers only; they ask nobody."""
