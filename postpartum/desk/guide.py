"""The first-run guide: the practice's details in short steps, each saved or skipped by itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from postpartum.desk.forms_practice import (
    ConsentTextForm,
    ContactForm,
    CostForm,
    NamesForm,
    NothingForm,
    PracticeForm,
)
from postpartum.desk.forms_practice_pictures import AboutForm, FrontForm, LookForm


@dataclass(frozen=True)
class Step:
    """One step: its key, its title, what it is for, its form, and the template that shows it."""

    key: str
    title: str | Promise
    why: str | Promise
    form: type[PracticeForm]
    template: str = "desk/practice_step.html"


MAIL = "mail"
STEPS = (
    Step("names", _("Names"), _("Mothers should know who they trust."), NamesForm),
    Step("about", _("About you"), _("A face and a few lines say more than a logo."), AboutForm),
    Step("look", _("How it looks"), _("All of it is optional. The site looks good as it is."), LookForm),
    Step(
        "contact",
        _("How to reach you"),
        _("Your email address is needed. Leave empty what else you don’t offer."),
        ContactForm,
    ),
    Step("cost", _("What it costs"), _("What you don’t say here is said nowhere."), CostForm),
    Step(
        "join",
        _("Who can join"),
        _("Everybody, whoever you invite, or whoever has the code of a class."),
        NothingForm,
        "desk/practice_join.html",
    ),
    Step("front", _("Front page"), _("What readers see first."), FrontForm, "desk/practice_front.html"),
    Step("consent", _("What mothers agree to"), _("The words before “I agree.”"), ConsentTextForm),
    Step(MAIL, _("Email"), _("Sign-in codes and reminders go by email, so it has to work."), NothingForm),
)
BY_KEY = {step.key: step for step in STEPS}


def first_open(done: Iterable[str]) -> Step | None:
    """Return the first step that was neither saved nor skipped; None after the last."""
    return next((step for step in STEPS if step.key not in set(done)), None)


def step_after(step: Step) -> Step | None:
    """Return the following step; None after the last."""
    at = STEPS.index(step) + 1
    return STEPS[at] if at < len(STEPS) else None
