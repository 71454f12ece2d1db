"""Everything about one person: shown, exported, erased."""
