"""Public stand-ins for secrets on a developer's machine. They protect nothing."""

SECRET_KEY = "for-development-on-this-machine-only"  # noqa: S105
FIELD_KEY = "ZGV2ZWxvcG1lbnQtb25seS1rZXktbm90LWZvci1yZWE="
