"""How static files are collected for production."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Compressed, and named after what they hold; so are the modules that modules import.

    The service worker keeps files by these names: a module imported by its plain one would be missing in flight mode.
    """

    support_js_module_import_aggregation = True
