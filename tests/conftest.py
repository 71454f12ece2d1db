"""What all tests share: a throw-away PostgreSQL, a real browser, and people by name."""

import gc

pytest_plugins = [
    "tests.database",
    "tests.browser",
    "tests.cast",
    "tests.firefox",
    "tests.servers",
    "tests.static_files",
    "tests.webkit",
    "tests.worker",
]

# Looking through some hundred megabytes of modules and tests for garbage again and again takes an eighth of the run.
gc.set_threshold(50_000, 20, 100)


def pytest_collection_finish():
    """All that is loaded by now stays to the end."""
    gc.collect()
    gc.freeze()
