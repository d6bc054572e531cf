"""What stands around every page: the rail, the header and the footer of keys."""
