"""The therapist's desk at /admin/: triage, members, the program, numbers. One calm place."""
