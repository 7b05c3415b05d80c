"""A sample practice of invented people, and the eight months it lives through in a few seconds."""
