"""What all tests share: a throw-away PostgreSQL (tests.database) and a real browser (tests.browser)."""

pytest_plugins = ["tests.database", "tests.browser"]
