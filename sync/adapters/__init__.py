"""The only users of outside things: Google, mail servers, key stores, templates, charts."""
