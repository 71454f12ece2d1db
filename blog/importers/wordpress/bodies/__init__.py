"""Convert the text of posts and comments to the HTML and plain text kept here."""
