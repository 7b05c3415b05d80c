"""A Google that runs on this machine, for the demo and the tests."""
