"""Taking over a WordPress blog from its export file (WXR).

The file is read as a stream, three times: once to see what is there (`survey`, `settle`), once for the articles,
once for the comments; the threads are tied afterwards, so the order of comments does not matter. Every thing in the
file gets an ImportLine, which says what became of it. HTML is only ever let through by `blog.prose`.
"""
