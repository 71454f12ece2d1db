"""Imports a WordPress blog from its export file (WXR); Ghost and Substack exports are converted to the same records.

The file is streamed three times: to plan, for the articles, for the comments. Replies are linked at the end, so the
order of comments does not matter. Every item of the file gets an ImportLine with its outcome. All HTML passes
`blog.sanitizing`.

    job            run_import: one import from start to end; uses lock, progress and statistics
    rows/          write articles, comments, topics, authors, images, redirects
    planning/      decide what happens to each record       bodies/   convert texts to our HTML and plain text
    reading/       bytes to records
    reporting/     outcomes and their messages
    addresses      old URLs as lookup keys
"""
