"""Django's backend for PostgreSQL, whose health check of a kept connection costs no query."""
