"""A sample practice of invented people, and the ten months it lives through in a few seconds."""
