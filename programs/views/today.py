"""What to do now."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from postpartum.lib.members import member_page
from programs.facts.adapted import adapted_session
from programs.facts.help import help_for
from programs.facts.standing import plan_for, standing_of
from programs.facts.week import week_facts
from programs.models import Enrollment
from programs.rules.vocabulary import SafetyFlag


@member_page
@require_safe
def today(request):
    """Her page: the next session and how long it takes, the week's theme, the daily practice, what comes next."""
    now = timezone.now()
    enrollment = Enrollment.objects.open_of(request.user).first()
    if enrollment is None:
        return redirect("start")
    plan = plan_for(enrollment)
    standing = standing_of(enrollment, now)
    facts = week_facts(enrollment, plan, now)

    def todo(session, **how):
        return adapted_session(plan, session.key, standing.flags, standing.phase, standing.outcome, **how)

    next_session = facts.next_session
    relaxes = SafetyFlag.PF_TENSION in standing.flags
    context = {
        "enrollment": enrollment,
        "standing": standing,
        "facts": facts,
        "phase": plan.phase_of(enrollment.week),
        "weeks": plan.total_weeks,
        "next": todo(next_session) if next_session else None,
        "short": todo(next_session, short=True) if next_session else None,
        "daily": todo(plan.relaxation if relaxes else plan.daily_of_week(enrollment.week)),
        "rest": todo(plan.rest),
        "early": todo(plan.early),
        "coming": plan.week(enrollment.week + 1) if enrollment.week < plan.total_weeks else None,
        "help": help_for(enrollment.participant.country) if standing.hold else None,
    }
    return render(request, "programs/today.html", context)
