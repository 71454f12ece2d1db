"""The verbs of the screening: keep an answer, finish, answer again."""

from django.db import transaction

from programs.facts.journey import journey_of
from programs.models import Enrollment, Participant, Screening, ScreeningScope
from programs.rules import RULES_VERSION
from programs.rules.concerns import screening_concerns
from programs.rules.schedule import days_since, highest_phase
from programs.rules.screening import SHORT_RESCREEN, evaluate, evaluate_so_far, with_birth_facts
from programs.rules.unlocking import screening_locks
from programs.services.concern import open_concerns
from programs.services.hold import begin_hold, begin_hold_of, end_hold_before_enrolling, hold_of
from programs.services.locking import locked
from programs.services.rescreening import apply_screening, outcome_of

# Asked once and for all; a whole screening asks everything else again.
BIRTH_QUESTIONS = ("time_since_birth", "birth_mode")


def unfinished_screening(user, now):
    """Her unfinished screening, begun at `now` if there was none; she becomes a participant with it."""
    participant, _ = Participant.objects.get_or_create(user=user)
    screening, _ = Screening.objects.get_or_create(
        participant=participant, completed_at=None, defaults={"started_at": now}
    )
    return screening


@transaction.atomic
def keep_answers(screening, answers, birth_date=None):
    """Add `answers` (question id → option id or list of ids) to an unfinished screening; the last word counts."""
    screening = Screening.objects.select_for_update().get(pk=screening.pk, completed_at=None)
    screening.answers = screening.answers | answers
    if birth_date:
        screening.birth_date = birth_date
    screening.save(update_fields=["answers", "birth_date"])
    return screening


@transaction.atomic
def complete_screening(screening, today, now):
    """Judge a screening whose 18 answers are there and store what follows; done once, however often it is sent.

    In the same transaction: the concern it opens and, where she has a place in the program, what changes there.
    Raises AnswerError when an answer is missing or unknown.
    """
    screening = Screening.objects.select_for_update().select_related("participant").get(pk=screening.pk)
    if screening.completed_at:
        return screening
    days = days_since(screening.birth_date, today) if screening.birth_date else None
    if days is not None:
        screening.answers = with_birth_facts(screening.answers, days)
    result = evaluate(screening.answers)
    screening.disposition, screening.urgency = result.disposition, result.urgency
    screening.flags = sorted(result.flags)
    screening.highest_phase = None if days is None else highest_phase(result.flags, days)
    screening.rules_version, screening.completed_at = RULES_VERSION, now
    screening.save()
    open_concerns(screening.participant_id, screening_concerns(result), now, screening=screening)
    enrollment = Enrollment.objects.open_of(screening.participant.user_id).first()
    if enrollment is None or not apply_screening(enrollment, screening, result, now):
        _hold_or_end(screening, result, now)
    return screening


def _hold_or_end(screening, result, now):
    """What a screening means for the holds of a member without an enrollment: it sets one, or helps to end one."""
    hold = hold_of(screening.participant)
    if locks := screening_locks(result):
        begin_hold_of(screening.participant, locks, outcome_of(result), now, result.red_flags)
    elif hold:
        end_hold_before_enrolling(hold, now)


@transaction.atomic
def hold_at_once(screening, now):
    """An emergency or a right-away sign among the answers so far holds at once, before the rest is asked."""
    result = evaluate_so_far(screening.answers)
    if not result.needs_call_now:
        return
    open_concerns(screening.participant_id, screening_concerns(result), now, screening=screening)
    locks, outcome = screening_locks(result), outcome_of(result)
    enrollment = Enrollment.objects.open_of(screening.participant.user_id).first()
    if enrollment:
        begin_hold(journey_of(locked(enrollment), now), locks, outcome, result.red_flags, check_in=None)
    else:
        participant = Participant.objects.select_for_update().get(pk=screening.participant_id)
        begin_hold_of(participant, locks, outcome, now, result.red_flags)


@transaction.atomic
def screen_again(user, now, scope=ScreeningScope.SHORT):
    """Her unfinished screening, begun anew from her last answers where none is under way.

    A short one keeps what does not change between phases; a whole one only how and when she gave birth. What
    is about her body now is always asked afresh. Source: screening data, meta.when.
    """
    screening = unfinished_screening(user, now)
    last = Screening.objects.filter(participant=screening.participant, completed_at__isnull=False).first()
    asked_before = bool(screening.answers) and screening.scope == scope
    if last and not asked_before:
        screening.answers = {name: answer for name, answer in last.answers.items() if _stays(name, scope)}
        screening.birth_date, screening.scope = last.birth_date, scope
        screening.save(update_fields=["answers", "birth_date", "scope"])
    return screening


def _stays(question_id, scope):
    if scope == ScreeningScope.SHORT:
        return question_id not in SHORT_RESCREEN
    return question_id in BIRTH_QUESTIONS
