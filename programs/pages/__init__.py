"""View models: the content of the pages, read from rows and put into text. Nothing here writes or decides."""
