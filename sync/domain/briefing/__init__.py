"""Chooses what a briefing says."""
