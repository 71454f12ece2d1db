"""The rules' timeline and the player's agree on every one of the 36 sessions: one table, tested from both sides.

`timelines.json` maps a session's key to its steps in order, [id, seconds], written down from the reviewed program.
"""

import json
from pathlib import Path

import pytest
from django.urls import reverse

from programs.facts.adapted_session import Today, adapted_session
from programs.facts.releases import plan_of
from programs.pages.player import player_data
from programs.rules.vocabulary import Outcome

TABLE = json.loads(Path(__file__).with_name("timelines.json").read_text())

# Walks a session with the player's own modules: every half second of every step, then the end.
WALK = """async ([sessions, table]) => {
  const machine = await import("/static/js/player/machine.js");
  const { momentOf } = await import("/static/js/player/timeline.js");
  const { planOf } = await import("/static/js/player/plan.js");
  const walked = {};
  const wrong = [];
  for (const data of sessions) {
    const plan = planOf(data);
    let sitting = machine.go(plan, machine.begin(plan, "x", 0), 0);
    const steps = [];
    let now = 0;
    while (!machine.isFinished(sitting)) {
      const { step } = machine.placeOf(plan, sitting);
      const begun = now;
      for (; now < sitting.endsAt; now += 500) {
        const elapsed = machine.elapsedOf(plan, sitting, now);
        const { rep, reps, phase, left } = momentOf(step, elapsed);
        if (left !== step.seconds * 1000 - elapsed) wrong.push([data.key, step.id, now, "left"]);
        if (!step.phases) continue;
        const cycle = step.phases.flatMap(([name, seconds]) => Array(seconds * 2).fill(name));
        const half = elapsed / 500;
        const right = rep === Math.floor(half / cycle.length) + 1 && phase === cycle[half % cycle.length];
        if (!right || reps !== step.reps) wrong.push([data.key, step.id, now, rep, phase]);
      }
      sitting = machine.tick(plan, sitting, now);
      steps.push([step.id, (now - begun) / 1000]);
    }
    walked[data.key] = steps;
    if (JSON.stringify(sitting.done) !== JSON.stringify(Object.fromEntries(steps))) wrong.push([data.key, "done"]);
    if (sitting.finishedAt !== now) wrong.push([data.key, "end"]);
  }
  return { walked, wrong };
}"""


@pytest.fixture
def sessions(program):
    """The 36 sessions, adapted to nobody."""
    plan = plan_of(program.pk)
    return [
        adapted_session(plan, session.key, Today(frozenset(), plan.week(week.number).phase, Outcome.GO))
        for week in plan.weeks
        for session in plan.sessions_of_week(week.number)
    ]


@pytest.mark.django_db
def test_the_rules_agree_with_the_table(sessions):
    assert len(sessions) == 36
    assert {one.session.key: [[s.id, s.seconds] for s in one.steps] for one in sessions} == TABLE


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_player_agrees_with_the_table(page, live_server, sessions):
    page.goto(live_server.url + reverse("offline"))
    data = [json.loads(json.dumps(player_data(one, None, {}, []))) for one in sessions]
    result = page.evaluate(WALK, [data, TABLE])
    assert result["wrong"] == []
    assert result["walked"] == TABLE
