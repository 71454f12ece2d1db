"""Import a WordPress blog from its export file (WXR); Ghost's and Substack's are read as if they were one.

The file is read as a stream, three times: once to plan, once for the articles, once for the comments. Replies are
linked afterwards, so the order of comments does not matter. Everything in the file gets an ImportLine, which says
what became of it. HTML is only ever let through by `blog.sanitizing`.

    job            run_import: one import from beginning to end; lock, progress, statistics serve it
    rows/          write articles, comments, topics, authors, pictures, redirects
    planning/      decide what becomes of each record       bodies/   convert texts to our HTML and plain text
    reading/       bytes to records
    reporting/     what became of each thing, and the words for it
    addresses      old addresses as keys
"""
