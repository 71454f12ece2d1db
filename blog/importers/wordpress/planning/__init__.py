"""Decides what happens to each record before anything is written."""
