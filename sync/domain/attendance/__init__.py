"""What became of each appointment, and what that says about continuity."""
