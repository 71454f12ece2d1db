"""The ENGINE of DATABASES: Django's for PostgreSQL, whose waits for the server are noted and, if it hangs, ended."""
