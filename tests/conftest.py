"""What all tests share: a throw-away PostgreSQL, a real browser, and people by name."""

pytest_plugins = ["tests.database", "tests.browser", "tests.cast"]
