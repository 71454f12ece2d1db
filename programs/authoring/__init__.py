"""What the therapist writes: rows as parts of a plan, drafts, and how two states of it differ."""
