"""Every query: rows on one side, domain values on the other. Nothing here commits."""
