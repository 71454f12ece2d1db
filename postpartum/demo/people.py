"""The demo's people: a therapist and six members, whose histories are replayed through the services in past time.

`people.yaml` lists what they did and reported. The decisions that followed are computed by the rules again; where one
differs from what the file expects, seeding stops with UnexpectedDecision.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import yaml
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from programs.facts.adapted_session import session_for
from programs.facts.journey import journey_of
from programs.facts.standing import plan_for, standing_of
from programs.models import Country, Decision, Enrollment, Participant, ScreeningScope
from programs.rules.screening import SHORT_RESCREEN
from programs.rules.timeline import exercise_number
from programs.rules.vocabulary import CheckInKind
from programs.services.check_in import CheckInAsMade, record_check_in
from programs.services.decision import decide_week
from programs.services.enrollment import enroll
from programs.services.life_changes import tick_milestones
from programs.services.screening import complete_screening, screen_again, store_answers, unfinished_screening
from programs.services.session_log import SessionAsDone, log_session

FILE = Path(__file__).parent / "people.yaml"
PASSWORD = "demo-only-password"  # noqa: S105 - shown to everyone who seeds the demo
THERAPIST = "therapist@example.org"
CONSENT = "Demo: agreed."
MORNING, EVENING = time(9, 40), time(19, 0)
LAST_OF_PHASE = ("advance_phase", "program_complete")

CLEAR_SCREENING = {
    "now": ["none"],
    "today": ["none"],
    "self_safety": "no",
    "unreal": "no",
    "time_since_birth": "ge_84d",
    "birth_mode": "vaginal",
    "tear": "none",
    "clearance": "ok",
    "bleeding": "none",
    "bladder": "fine",
    "bowel": "fine",
    "heaviness": "none",
    "tension": "none",
    "pain": "p0_3",
    "belly": "no",
    "wound": "na",
    "health": "none",
    "mood": "rarely",
}
CLEAR_BEFORE = {
    "redFlags": [],
    "mood": "ok",
    "pain": 1,
    "heaviness": 0,
    "leak": 0,
    "bowelLeak": False,
    "bleeding": "none",
    "scar": "na",
    "energy": 0,
    "sleep": "gt6",
    "lastResponse": "same_or_better",
}
CLEAR_AFTER = {
    "redFlags": [],
    "painMax": 1,
    "heaviness": 0,
    "leak": 0,
    "bowelLeak": False,
    "doming": "none",
    "pfRelease": "yes",
    "effort": 5,
    "bleeding": "none",
    "scar": "na",
}


class UnexpectedDecision(Exception):
    """The rules decided otherwise than the demo's file expects."""


def has_real_people() -> bool:
    """Return whether there are accounts, and the demo's are not among them."""
    users = get_user_model().objects
    return users.exists() and not users.filter(email=THERAPIST).exists()


def is_demo_password_valid() -> bool:
    """Return whether the demo's therapist exists and still has the published password."""
    therapist = get_user_model().objects.filter(email=THERAPIST, is_active=True).first()
    return therapist is not None and therapist.check_password(PASSWORD)


@transaction.atomic
def seed_people(now: datetime) -> User:
    """Create the therapist and the members. Return the therapist. Idempotent."""
    users = get_user_model().objects
    known = users.filter(email=THERAPIST).first()
    if known:
        return known
    therapist = _user(
        THERAPIST, name="Dr. Elena Marsh", pen_name="Dr. Elena Marsh", is_staff=True, is_superuser=True
    )
    for words in yaml.load(FILE.read_text(), Loader=yaml.CSafeLoader):
        Mother(words, now).live()
    return therapist


@cache
def _hashed() -> str:
    """Return the shared password, hashed once: hashing is slow on purpose."""
    return make_password(PASSWORD)


def _user(email: str, **fields: Any) -> User:
    user = get_user_model().objects.create(email=email, password=_hashed(), **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


class Mother:
    """One member of the file, with days counted back from `now` in her own time zone."""

    def __init__(self, words: dict[str, Any], now: datetime) -> None:
        self.words = words
        self.zone = ZoneInfo(words["time_zone"])
        self.today = now.astimezone(self.zone).date()
        self.enrollment: Enrollment

    def live(self) -> None:
        """Create the account and replay everything the member did and reported."""
        fields = ("name", "pen_name", "time_zone")
        self.user = _user(self.words["email"], **{name: self.words[name] for name in fields})
        country = Country.objects.filter(pk=self.words["country"]).first()
        Participant.objects.create(user=self.user, country=country)
        if self.words["screening"] is None:
            return
        with timezone.override(self.zone):
            self._begin()
            for event in self.words["history"]:
                self._decide(event) if "decision" in event else self._session(event)

    def _at(self, days_ago: int, hour: time) -> datetime:
        return datetime.combine(self.today - timedelta(days=days_ago), hour, self.zone)

    def _begin(self) -> None:
        at = self._at(self.words["screened_days_ago"], MORNING)
        birth_date = self.today - timedelta(days=self.words["days_since_birth"])
        self.answers = CLEAR_SCREENING | {"birth_mode": self.words["birth_type"]} | self.words["screening"]
        screening = store_answers(unfinished_screening(self.user, at), self.answers, birth_date)
        complete_screening(screening, at.date(), at)
        self.enrollment = enroll(self.user, CONSENT, at)

    def _session(self, event: dict[str, Any]) -> None:
        """Log a session with its check-ins before and after."""
        at = self._at(event["days_ago"], MORNING)
        ended = at + timedelta(minutes=event["minutes"] + 2)
        self._check_in(CheckInKind.BEFORE, at, event["session"], CLEAR_BEFORE | event["before"])
        self._log(event, at + timedelta(minutes=1), ended)
        after = ended + timedelta(minutes=1)
        self._check_in(CheckInKind.AFTER, after, event["session"], CLEAR_AFTER | event["after"])

    def _check_in(self, kind: CheckInKind, at: datetime, key: str, answers: dict[str, Any]) -> None:
        record_check_in(self.enrollment, CheckInAsMade(uuid4(), kind, answers, at, key), at)

    def _log(self, event: dict[str, Any], began: datetime, ended: datetime) -> None:
        self.enrollment.refresh_from_db(fields=["week", "week_started_at", "safety_flags", "screening_due"])
        plan, standing = plan_for(self.enrollment), standing_of(journey_of(self.enrollment, began))
        todo = session_for(plan, event["session"], standing)
        seconds = None if event["completion"] == "complete" else event["minutes"] * 60
        done = SessionAsDone(uuid4(), began, ended, len(todo.items), _steps(todo.steps, seconds))
        log_session(self.enrollment, todo.session, done, standing.outcome, ended)

    def _decide(self, event: dict[str, Any]) -> None:
        """Make the decision of the day; a pause was decided with its check-in already."""
        at = self._at(event["days_ago"], EVENING)
        self.enrollment.refresh_from_db()
        if event["decision"] in LAST_OF_PHASE:
            slugs = [one.slug for one in plan_for(self.enrollment).phase_of(self.enrollment.week).milestones]
            tick_milestones(self.enrollment, slugs, slugs, at)
        if event["decision"] == "pause_refer":
            decision = Decision.objects.filter(enrollment=self.enrollment).first()
        else:
            decision = decide_week(self.enrollment, self.enrollment.week_started_at, at)
        if decision is None:
            raise UnexpectedDecision(f"{self.words['email']}: {event}, but there is no decision")
        if decision.outcome != event["decision"] or set(event["advice"]) != set(decision.advice):
            raise UnexpectedDecision(f"{self.words['email']}: {event}, but the rules say {decision.outcome}")
        if event["decision"] == "advance_phase":
            self._answer_again(at + timedelta(minutes=5))

    def _answer_again(self, at: datetime) -> None:
        """Complete the short screening before a new phase, with the answers from the start."""
        screening = screen_again(self.user, at, ScreeningScope.SHORT)
        screening = store_answers(screening, {name: self.answers[name] for name in SHORT_RESCREEN})
        complete_screening(screening, at.date(), at)


def _steps(steps: Sequence[Any], seconds: int | None) -> dict[str, int]:
    """Return {step id: seconds} of all steps, or of the whole exercises that fit into `seconds` (at least one)."""
    if seconds is None:
        return {step.id: step.seconds for step in steps}
    done: dict[str, int] = {}
    used, last = 0, None
    for number in dict.fromkeys(exercise_number(step.id) for step in steps):
        mine = {step.id: step.seconds for step in steps if exercise_number(step.id) == number}
        if last and used + sum(mine.values()) > seconds:
            break
        done, used, last = done | mine, used + sum(mine.values()), number
    return done
