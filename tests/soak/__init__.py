"""A till that sells for hours: what it grows by, and whether its window ever stands still."""
