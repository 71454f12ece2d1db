"""The therapist's desk at /admin/: triage, members, the program, statistics."""
