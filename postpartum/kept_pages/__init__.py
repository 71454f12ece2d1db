"""Finished pages of visitors without a cookie, kept in each process and answered before Django is entered.

A page is kept only if what it shows can be known to be unchanged: each table it was read from has a trigger that notes
the transaction (migration 0007), and each process looks twice a second for transactions it has not seen. So nothing
kept is older than a second. Requests that carry anything of a person never come here, and a page is made from nothing
but its path and known query parameters.
"""
