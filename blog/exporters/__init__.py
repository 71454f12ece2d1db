"""Taking along what was written here."""
