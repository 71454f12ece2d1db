"""The verbs of the screening: keep an answer, finish, answer again."""

from django.db import transaction

from programs.models import Concern, Participant, Screening
from programs.rules import RULES_VERSION
from programs.rules.schedule import days_since, highest_phase
from programs.rules.screening import SHORT_RESCREEN, evaluate
from programs.rules.vocabulary import Disposition


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

    Whatever asks for a clinician opens a Concern in the same transaction. Raises AnswerError when an answer is
    missing or unknown.
    """
    screening = Screening.objects.select_for_update().select_related("participant").get(pk=screening.pk)
    if screening.completed_at:
        return screening
    result = evaluate(screening.answers)
    screening.disposition, screening.urgency = result.disposition, result.urgency
    screening.flags = sorted(result.flags)
    if screening.birth_date:
        screening.highest_phase = highest_phase(result.flags, days_since(screening.birth_date, today))
    screening.rules_version, screening.completed_at = RULES_VERSION, now
    screening.save()
    if result.disposition in (Disposition.WAIT_CLINICIAN, Disposition.URGENT_NOW):
        Concern.objects.create(
            participant=screening.participant,
            screening=screening,
            code=f"screening_{result.disposition}",
            urgency=result.urgency,
            facts={"red_flags": list(result.red_flags), "flags": screening.flags},
            opened_at=now,
        )
    return screening


@transaction.atomic
def screen_again(user, now):
    """A new screening that starts from her last answers, except those about her body now, which are asked afresh.

    Source: screening data, meta.when.
    """
    screening = unfinished_screening(user, now)
    last = Screening.objects.filter(participant=screening.participant).exclude(completed_at=None).first()
    if last and not screening.answers:
        screening.answers = {q: a for q, a in last.answers.items() if q not in SHORT_RESCREEN}
        screening.birth_date = last.birth_date
        screening.save(update_fields=["answers", "birth_date"])
    return screening
