"""What stands in for secrets on one's own machine. Everybody knows it, so it protects nothing."""

SECRET_KEY = "for-development-on-this-machine-only"  # noqa: S105
FIELD_KEY = "ZGV2ZWxvcG1lbnQtb25seS1rZXktbm90LWZvci1yZWE="
