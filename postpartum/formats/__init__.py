"""Date and time formats, one module a language."""
