"""Every function, class, method and constant of the product is reached from one of its doors."""

from tests.plugged_in import doors
from tests.plugged_in.exceptions import ONLY_TRIED, UNREACHED, check
from tests.plugged_in.product import ROOT, definitions, modules
from tests.plugged_in.reaching import reach

EXAMPLES = "programs.rules.example_runs"
DOCUMENTS = "\n".join(path.read_text() for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


def test_every_module_is_loaded():
    check({name: f"nothing imports {name}" for name in modules() if f"{name}:" not in reach().reached}, {})


def test_all_code_is_reached():
    """What is inside something unreached is not named beside it."""
    reached = reach().reached
    lost = {
        one.name: f"{one.name} ({one.place}) is reached from no door"
        for one in definitions().values()
        if one.name not in reached and (one.owner is None or one.owner in reached) and one.short != "__all__"
    }
    check(lost, UNREACHED)


def test_whoever_runs_the_site_can_learn_of_each_command():
    commands = [name.rpartition(".")[2] for name in modules() if ".management.commands." in name]
    names = [*(path.relative_to(ROOT).as_posix() for path in doors.SCRIPTS), *commands]
    check({name: f"README.md and docs/ do not name {name}" for name in names if name not in DOCUMENTS}, {})


def test_rules_are_followed_and_not_only_tried():
    """What only the worked examples of a clinician run decides about nobody."""
    found = {}
    for one in definitions().values():
        names = [one.name] if one.owner is None else [one.name, one.short]
        asking = {who for name in names for who in reach().asked.get(name, ())}
        is_rule = one.module.name.startswith("programs.rules.") and one.module.name != EXAMPLES
        if is_rule and asking and asking <= {EXAMPLES}:
            found[one.name] = f"{one.name} ({one.place}) is run by worked examples only"
    check(found, ONLY_TRIED)
