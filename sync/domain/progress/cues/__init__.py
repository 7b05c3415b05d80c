"""What words tell that somebody notices, answers and decides, or cannot: a list for each language."""
