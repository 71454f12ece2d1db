"""Decide what becomes of each record before anything is written."""
