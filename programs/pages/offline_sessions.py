"""The sessions a member's phone stores for use without a network."""

from programs.facts.adapted_session import AdaptedSession, daily_session, session_for
from programs.facts.journey import Journey
from programs.facts.standing import Standing, closed_because
from programs.facts.week import week_facts
from programs.plan import Plan


def offline_sessions(journey: Journey, plan: Plan, standing: Standing) -> list[AdaptedSession]:
    """Return the open sessions, adapted: today's and the next one, the daily practice, rest."""
    enrollment, week = journey.enrollment, journey.enrollment.week
    facts = week_facts(enrollment, journey.logs, plan, journey.today)
    ahead = [one.session for one in facts.sessions if not one.done][:2]
    daily = daily_session(plan, week, standing.flags)
    early = [plan.early] if standing.is_early else []
    return [
        session_for(plan, session.key, standing)
        for session in [*ahead, daily, plan.rest, *early]
        if not closed_because(standing, session, week, needs_check=False)
    ]
