"""Write articles, comments, topics, authors, pictures and redirects."""
