"""docs/clinical.md is what the rules say now."""

import json
from pathlib import Path

from programs.pages.clinical import CHANGED_IN_2, NEW_IN_2, clinical_page
from programs.rules.check_in import RULES
from programs.rules.progression import PROGRESS_RULES
from programs.rules.red_flags import RED_FLAGS
from tests.programs.rules.support import CASES

ROOT = Path(__file__).parents[2]


def test_the_page_is_generated_from_the_rules():
    document = json.loads((CASES / "checkin_cases.json").read_text(encoding="utf-8"))
    assert (ROOT / "docs" / "clinical.md").read_text(encoding="utf-8") == clinical_page([document]), (
        "run: script/manage clinical_page tests/programs/rules/cases/checkin_cases.json > docs/clinical.md"
    )


def test_what_is_new_names_rules_there_are():
    known = {*RULES, *RED_FLAGS, *(rule.id for rule in PROGRESS_RULES)}
    assert NEW_IN_2 | set(CHANGED_IN_2) <= known
