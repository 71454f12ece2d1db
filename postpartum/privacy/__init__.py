"""Everything about one person: shown to her, handed to her, erased."""
