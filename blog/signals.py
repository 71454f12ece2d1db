"""Signals of this app that other apps may receive; the blog itself knows no health records."""

from django.dispatch import Signal

# Sent with `comment` and `now`, in the transaction that saves a comment whose text matches a red flag.
red_flag_found = Signal()

# Sent with `report` and `now`, in the transaction that saves a report whose note matches a red flag.
red_flag_reported = Signal()
