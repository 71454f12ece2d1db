"""Which sessions her phone keeps for when there is no network."""

from programs.facts.adapted_session import daily_session, session_for
from programs.facts.standing import closed_because
from programs.facts.week import week_facts


def sessions_to_keep(journey, plan, standing):
    """The sessions open to her now, adapted: today's and the next one, the daily practice, rest (one query)."""
    facts, week = week_facts(journey, plan), journey.enrollment.week
    ahead = [one.session for one in facts.sessions if not one.done][:2]
    daily = daily_session(plan, week, standing.flags)
    early = [plan.early] if standing.is_early else []
    return [
        session_for(plan, session.key, standing)
        for session in [*ahead, daily, plan.rest, *early]
        if not closed_because(standing, session, week, needs_check=False)
    ]
