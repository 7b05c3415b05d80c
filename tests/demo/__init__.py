"""The demo: the sample's people and notes, and the whole of it played."""
