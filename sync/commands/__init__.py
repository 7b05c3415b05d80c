"""What stands behind each command of the door, one file for each group."""
