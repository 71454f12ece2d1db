"""Where the front door may listen. This room knows nothing of health records; who does, registers here."""

_red_flag_listeners = []


def when_red_flag(listener):
    """Call `listener(comment, now)` inside the transaction that keeps a comment whose words match a red flag.

    Registering the same listener again changes nothing. Usable as a decorator.
    """
    if listener not in _red_flag_listeners:
        _red_flag_listeners.append(listener)
    return listener


def tell_red_flag(comment, now):
    """Tell every listener."""
    for listener in _red_flag_listeners:
        listener(comment, now)
