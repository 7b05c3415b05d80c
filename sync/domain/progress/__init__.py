"""How markers, themes and tasks move across sessions."""
