"""The therapist's wording in place of the site's own: screening, advice, signs, mails.

Every text shown is marked for translation, so overrides are one more lookup in gettext: the rows are the source,
each process caches the newest of them, and no page queries the database for a text.
"""
