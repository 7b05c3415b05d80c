"""What is remembered: tables, the database, the vault that seals private words, migrations."""
