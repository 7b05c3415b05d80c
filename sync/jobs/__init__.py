"""One file for each unit of work."""
