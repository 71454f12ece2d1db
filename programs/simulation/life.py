"""One virtual member: the body, the phone, what it reports and does by the services, and a diary of the truth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.utils import timezone

from common.members import User
from programs.facts.adapted_session import AdaptedSession
from programs.facts.journey import WholeJourney, at_moment, whole_journey_of
from programs.models import CheckIn, Enrollment, Participant, SafetyHold, Screening
from programs.rules.vocabulary import CheckInKind
from programs.services.check_in import CheckInAsMade, record_check_in, record_emergency
from programs.services.correction import CorrectionRefused, correct_check_in
from programs.services.hold import hold_of
from programs.services.session_log import SessionAsDone, log_session_of
from programs.simulation.body import Body
from programs.simulation.memory import Memory
from programs.simulation.mothers import Mother

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
A_NIGHT = 8 * HOUR
ENROLLMENT = (Enrollment, Participant, Screening)  # the tables that a row of an enrollment is joined from


@dataclass
class Done:
    """A session that was really done, and whether anything was said about it."""

    key: str
    finished: datetime
    is_reported: bool = False


@dataclass(frozen=True)
class PhoneCopy:
    """What the phone keeps since its last contact: the open sessions, as they were then."""

    at: datetime
    sessions: tuple[AdaptedSession, ...]


class Life:
    """One member's life. `now` is the moment lived, `unsent` what the phone has still to send, and `answered_hold`
    whether the member answered today what the page of a hold asks."""

    def __init__(self, mother: Mother, seed: int, began: datetime) -> None:
        self.mother, self.rng = mother, Random(f"{seed}:{mother.number}:life")
        self.body = Body(mother, self.rng)
        self.began = self.now = self.away_until = self.offline_until = began
        self.zone = mother.zone
        self.birth_date = (began - timedelta(days=mother.days_since_birth)).date()
        self.user: User = get_user_model().objects.create(
            email=f"member-{mother.number}@simulation.invalid", time_zone=self.zone
        )
        self.participant, _ = Participant.objects.get_or_create(user=self.user)
        self.diary: dict[UUID, Done] = {}
        self.phone: PhoneCopy | None = None
        self.unsent: list[Callable[[], object]] = []
        self.is_pregnant = False
        self.answered_hold = False
        self._journey: WholeJourney | None = None
        self.memory = Memory()
        self._seen_at: tuple[datetime, str] | None = None

    @property
    def journey(self) -> WholeJourney | None:
        """The journey as it stands now, None before and after the program. Its rows are read when they changed."""
        if self._journey is None and (enrollment := self.enrollment):
            self._journey = whole_journey_of(enrollment, self.now)
        if self._journey and self._seen_at != (self.now, timezone.get_current_timezone_name()):
            self._seen_at = (self.now, timezone.get_current_timezone_name())
            self._journey = at_moment(self._journey, self.now)
        return self._journey

    @property
    def enrollment(self) -> Enrollment | None:
        """The place in the program."""
        return self.memory.recall(
            "enrollment", ENROLLMENT, lambda: Enrollment.objects.open_of(self.user).first()
        )

    @property
    def hold(self) -> SafetyHold | None:
        """The hold in force."""
        journey = self.journey
        return journey.hold if journey else hold_of(self.participant)

    @property
    def today(self) -> date:
        """The date in the member's time zone."""
        return timezone.localdate(self.now)

    @contextmanager
    def acting(self) -> Iterator[None]:
        """Read everything anew after what is done within."""
        try:
            yield
        finally:
            self._journey = None

    def read_anew(self) -> None:
        """Forget every row read until now."""
        self.memory.forget()
        self._journey = None

    def pass_time(self, minutes: int) -> None:
        """Let minutes pass."""
        self.now += minutes * MINUTE

    def new_id(self) -> UUID:
        """Return an id such as a browser makes, drawn from the seed."""
        return UUID(int=self.rng.getrandbits(128), version=4)

    def answers(self, kind: CheckInKind) -> dict[str, Any]:
        """Return what the body answers to a check now."""
        if kind == CheckInKind.AFTER:
            return self.body.after()
        if kind == CheckInKind.NEXT_MORNING:
            return {"lastResponse": self.body.last_response}
        return self.body.before(self.body.last_response if self.diary else "first")

    def check(
        self, kind: CheckInKind, key: str = "", at: datetime | None = None, **changed: Any
    ) -> CheckIn | None:
        """Make a check-in at `at`, which arrives now; an emergency may come before all is answered.

        Return the CheckIn, None without a place in the program.
        """
        enrollment, answers = self.enrollment, self.answers(kind) | changed
        if enrollment is None:
            return None
        made = CheckInAsMade(self.new_id(), kind, answers, at or self.now, key)
        few = {name: answer for name, answer in answers.items() if name in ("redFlags", "mood", "bleeding")}
        with self.acting():
            if self.rng.random() < 0.5 and (
                cut_short := record_emergency(enrollment, replace(made, answers=few), self.now)
            ):
                return cut_short
            row = record_check_in(enrollment, made, self.now)
        self._note_report(made)
        return row

    def correct(self, first: CheckIn, **changed: Any) -> None:
        """Answer a check-in anew, as the page behind "I tapped the wrong answer" does, which may be refused."""
        kind = CheckInKind(first.kind)
        answers = self.answers(kind) | changed
        made = CheckInAsMade(self.new_id(), kind, answers, first.made_at, first.session_key)
        with self.acting(), suppress(CorrectionRefused):
            correct_check_in(first, made, is_complete=True, now=self.now)
            self._note_report(made)

    def do(self, todo: AdaptedSession, at: datetime | None = None, share: float = 1.0) -> None:
        """Do a session, `share` of it, from `at` on, and send it now."""
        began = at or self.now
        finished = began + max(1, todo.minutes) * MINUTE
        self.now = max(self.now, finished)
        done = SessionAsDone(
            client_id=self.new_id(),
            started_at=began,
            finished_at=finished,
            exercises_planned=len(todo.items),
            steps={s.id: s.seconds for s in todo.steps if s.exercise_index < share * len(todo.items)},
        )
        self.diary[done.client_id] = Done(todo.session.key, finished)
        with self.acting():
            log_session_of(self.user, todo.session.key, done, self.now)

    def _note_report(self, made: CheckInAsMade) -> None:
        """Note in the diary which session a check tells of: the last one until then, or until the night before."""
        if made.kind != CheckInKind.AFTER and made.answers.get("lastResponse") == "first":
            return
        until = made.made_at - (timedelta() if made.kind == CheckInKind.AFTER else A_NIGHT)
        ended = [done for done in self.diary.values() if done.finished <= until]
        if ended:
            max(ended, key=lambda done: done.finished).is_reported = True
