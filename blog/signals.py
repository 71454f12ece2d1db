"""What happens here and other apps may listen to: this app knows no health records."""

from django.dispatch import Signal

# Sent with `comment` and `now` in the transaction that keeps a comment whose words match a red flag.
red_flag_found = Signal()
