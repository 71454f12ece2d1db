"""The site on bare Debians: installed by deploy/, used, updated under load, restored elsewhere, uninstalled."""
