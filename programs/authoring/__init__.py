"""Content as the therapist edits it: rows as parts of a plan, drafts, and differences between two versions."""
