"""Note formats, stubs, and what a written note says."""
