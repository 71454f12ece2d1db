"""The weekly letter of new articles, for whoever asked twice: once on the page, once from her mailbox."""
