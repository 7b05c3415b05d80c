"""Reads events, finds whose they are, and compares the calendar with our records."""
