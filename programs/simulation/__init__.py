"""A simulation of members who live through the program: the real services, days that pass in a moment, a fixed seed.

It looks for states that no example was written for: sessions behind a closed door, weeks opened by nothing but time,
members held without a way on. `manage.py simulate` runs it in a database of its own.
"""
