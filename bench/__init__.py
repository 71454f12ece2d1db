"""How fast the pages are, measured on a filled database behind the production server."""
