"""What a return to running and jumping asks for: information only, never programmed and never scored.

Source: evidence base, section E, "After week 12: readiness for impact", after the 2019 running guideline.
"""

from django.utils.translation import gettext_lazy as _

IMPACT_TRIES = (
    _("Walk for 30 minutes"),
    _("Balance on one leg for 10 seconds"),
    _("One-leg squat, 10 on each side"),
    _("Jog on the spot for 1 minute"),
    _("Bound forward 10 times"),
    _("Hop in place on one leg, 10 on each side"),
    _("“Running man” on one leg, 10 on each side"),
)
