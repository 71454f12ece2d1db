"""Broken files are refused with file, line and reason, all at once."""

from typing import NamedTuple

import pytest

from programs.files import BrokenContent, read_content

EXERCISE = "exercises/cat-cow.yaml"
MINI_BRIDGE = "exercises/mini-bridge.yaml"
WEEK = "weeks/03.yaml"
PROGRAM = "program.yaml"
REST = "sessions/rest.yaml"
HELP = "help/au.yaml"


class Broken(NamedTuple):
    """One slip of the pen, some words of the reason, and where it is told: else on the line changed."""

    slip: str
    file: str
    old: str
    new: str
    reason: str
    told_at: str = ""


BROKEN = [
    Broken("name too long", EXERCISE, "name: Cat", f"name: {'C' * 121}at", "there is room for 120"),
    Broken("tag too long", EXERCISE, "wrists: use", f"{'w' * 121}: use", "there is room for 120"),
    Broken("number too long", HELP, "contact: 13 11 14", f"contact: {'1' * 121}", "there is room for 120"),
    Broken("unknown key", EXERCISE, "common_mistake:", "comon_mistake:", "did you mean “common_mistake”?"),
    Broken(
        "unknown focus",
        EXERCISE,
        "focus: mobility",
        "focus: yoga",
        "“yoga” is not one of: breathing, pelvic_floor",
    ),
    Broken(
        "unknown equipment",
        EXERCISE,
        "- none",
        "- trampoline",
        "“trampoline” is not one of: none, pillow, band, chair",
    ),
    Broken("unknown flag", EXERCISE, "leaking: ok", "leeking: ok", "“leeking” is not one of: pf_tension"),
    Broken(
        "unknown action", EXERCISE, "action: ok", "action: skip", "“skip” is not one of: ok, easier, swap"
    ),
    Broken("not a number", EXERCISE, "sets: 1", "sets: one", "should be a whole number, not “one”"),
    Broken("no sets", EXERCISE, "sets: 1", "sets: 0", "at least one set", "phase 1:"),
    Broken("three sides", EXERCISE, "sides: 1", "sides: 3", "sides is 1, or 2"),
    Broken("empty text", EXERCISE, "why: Loosens a stiff back.", "why:", "is empty"),
    Broken("text for a list", EXERCISE, "  - none", "  none", "should be a list", "equipment:"),
    Broken("tempo of three", EXERCISE, "tempo: 3-0-3-0", "tempo: 3-0-3", "four numbers of seconds"),
    Broken("wrong phase word", EXERCISE, "phase 1:", "fase 1:", "such as “phase 1”"),
    Broken("a phase too many", EXERCISE, "phase 4:", "phase 5:", "there is no phase 5"),
    Broken(
        "swap to nowhere",
        EXERCISE,
        "action: easier",
        "action: swap",
        "names the exercise it swaps to",
        "cesarean_lt_8w:",
    ),
    Broken("lone easier", EXERCISE, "heaviness: ok", "heaviness: easier", "only “ok” may stand alone"),
    Broken("written twice", EXERCISE, "mode: counted", "name: Again", "“name” is written twice"),
    Broken("colon in a text", EXERCISE, "why: Loosens", "why: Good: Loosens", "needs quotes around it"),
    Broken(
        "an anchor",
        EXERCISE,
        "in: Chest and tailbone lift.",
        "in: &a Chest\n  out: *a",
        "instead of using & and *",
    ),
    Broken(
        "counted, not timed",
        EXERCISE,
        "reps: 5\n    tempo: 3-0-3-0  # lift-hold-lower-relax",
        "seconds: 30",
        "is counted",
    ),
    Broken(
        "easier is nowhere",
        "exercises/heel-slide.yaml",
        "variant: ",
        "variant: no-such-",
        "there is no exercise",
    ),
    Broken("swap is nowhere", MINI_BRIDGE, "swap_to: ", "swap_to: no-such-", "there is no exercise"),
    Broken("swap to itself", MINI_BRIDGE, "swap_to: glute-squeeze", "swap_to: mini-bridge", "itself"),
    Broken("no note", MINI_BRIDGE, "note: ", "# note: ", "a note must tell her", "cesarean_lt_8w:"),
    Broken(
        "words for no text",
        "exercises/baby-lift-practice.yaml",
        "steps/1:",
        "steps/9:",
        "no text at “steps/9”",
    ),
    Broken("same name", EXERCISE, "name: Cat and Cow", "name: Clamshell", "another exercise has this name"),
    Broken(
        "unknown exercise",
        WEEK,
        "- exercise: cat-cow",
        "- exercise: cat-dog",
        "there is no exercise “cat-dog”",
    ),
    Broken("timed in a session", WEEK, "seconds: 45", "reps: 45\n      tempo: 1-0-1-0", "is timed"),
    Broken(
        "reps and seconds",
        WEEK,
        "seconds: 45",
        "seconds: 45\n      reps: 4",
        "either reps or seconds",
        "- exercise: rib-breathing-lying",
    ),
    Broken(
        "twice in a session",
        WEEK,
        "- exercise: pf-quick-lifts",
        "- exercise: pf-let-go",
        "in this session twice",
    ),
    Broken("short form of three", WEEK, "      - mini-bridge\n", "", "it needs 4", "short_form:"),
    Broken(
        "short form elsewhere",
        WEEK,
        "      - mini-bridge",
        "      - bird-dog",
        "not one of this session's exercises",
    ),
    Broken("key of another", WEEK, "key: w03-b", "key: w03-a", "the key of another session"),
    Broken("key of another week", WEEK, "key: w03-b", "key: w04-x", "should be w03-x"),
    Broken("no such phase", WEEK, "phase: 1", "phase: 9", "there is no phase 9"),
    Broken(
        "phases out of order",
        "weeks/08.yaml",
        "phase: 3",
        "phase: 2",
        "an earlier week is already in phase 3",
    ),
    Broken("too long", WEEK, "seconds: 90", "seconds: 1900", "it takes", "- key: w03-a"),
    Broken(
        "daily too short", WEEK, "seconds: 45", "seconds: 2000", "it should take 3 to 5", "daily_practice:"
    ),
    Broken("unknown kind", REST, "kind: rest", "kind: nap", "“nap” is not one of"),
    Broken("no such weekday", PROGRAM, "  - Wed", "  - Mid", "“Mid” is not one of: Mon"),
    Broken("no such line", PROGRAM, "guidance/2:", "guidance/9:", "no text at “cesarean_guidance/9”"),
    Broken("flag not explained", PROGRAM, "  leaking: >-", "  doming2: >-", "“doming2” is not one of"),
    Broken(
        "two milestones",
        PROGRAM,
        "slug: m1-pf",
        "slug: m1-breath",
        "two milestones have the name m1-breath",
        "milestones:",
    ),
    Broken(
        "not a truth", HELP, "verified: true", "verified: perhaps", "should be true or false, not “perhaps”"
    ),
    Broken("no emergency number", HELP, 'emergency: "000"', "emergency: call us", "no telephone number"),
    Broken("letters in a number", HELP, "contact: 13 11 14", "contact: 13 ll 1A", "mixes digits and letters"),
    Broken("not a day", HELP, "emergency:", "checked_on: soon\nemergency:", "should be a day such as"),
    Broken("another code", HELP, "code: AU", "code: AT", "the same as in the file's name"),
    Broken(
        "no crisis line",
        HELP,
        "crisis_line: true",
        "crisis_line: false",
        "at least one line must be a crisis line",
        "lines:",
    ),
    Broken(
        "timed, not counted",
        "exercises/pf-let-go.yaml",
        "seconds: 60",
        "reps: 9\n    tempo: 1-1-1-1",
        "is timed",
    ),
    Broken(
        "no breath out", EXERCISE, "  out: Back rounds up.", "  # nothing", "“out” is missing", "breathing:"
    ),
]


def problems_of(copy):
    with pytest.raises(BrokenContent) as refused:
        read_content(copy.folder)
    return refused.value.problems


def told(copy):
    return [str(problem) for problem in problems_of(copy)]


@pytest.mark.parametrize("broken", BROKEN, ids=[broken.slip for broken in BROKEN])
def test_it_is_refused_with_file_line_and_reason(copy, broken):
    line = copy.line_of(broken.file, broken.told_at or broken.old.strip())
    copy.replace(broken.file, broken.old, broken.new)

    found = [problem for problem in problems_of(copy) if broken.reason in problem.reason]
    assert (broken.file, line) in [(problem.file, problem.line) for problem in found]


def test_every_problem_is_told_at_once(copy):
    copy.replace(EXERCISE, "focus: mobility", "focus: yoga")
    copy.replace(EXERCISE, "sets: 1", "sets: one")
    copy.replace(WEEK, "seconds: 90", "seconds: 1900")
    copy.replace(HELP, "verified: true", "verified: perhaps")

    assert [problem.file for problem in problems_of(copy)] == [EXERCISE, EXERCISE, HELP, WEEK]


def test_a_broken_exercise_is_not_also_called_missing(copy):
    copy.replace(EXERCISE, "focus: mobility", "focus: yoga")

    assert len(problems_of(copy)) == 1


def test_a_dose_is_missing_for_the_phase_of_a_week(copy):
    copy.replace(MINI_BRIDGE, "phase 1:", "phase 4:")

    line = copy.line_of(WEEK, "- exercise: mini-bridge")
    assert f"{WEEK}:{line}: Mini Bridge is used in week 3, but has no dose for its phase 1" in told(copy)


def test_swaps_that_go_round_are_found_under_any_flags(copy):
    swap = "pf_tension:\n    action: swap\n    swap_to: {}\n    note: Rest."
    copy.replace(MINI_BRIDGE, "pf_tension: ok", swap.format("bridge"))
    copy.replace("exercises/bridge.yaml", "pf_tension: ok", swap.format("mini-bridge"))

    line = copy.line_of(MINI_BRIDGE, "safety:")
    way = "Mini Bridge → Bridge → Mini Bridge"
    expected = (
        f"{MINI_BRIDGE}:{line}: with “A tense or painful pelvic floor”, swaps go round or past 4: {way}"
    )
    assert [one for one in told(copy) if one.startswith(expected)]


def test_too_few_exercises_left_for_someone_is_found(copy):
    swap = "leaking:\n    action: swap\n    swap_to: long-exhale\n    note: Rest."
    for slug in ("seated-march", "stand-tall-reset"):
        copy.replace(f"exercises/{slug}.yaml", "leaking: ok", swap)

    line = copy.line_of("weeks/01.yaml", "- key: w01-c")
    expected = f"weeks/01.yaml:{line}: with “Leaking” only 5 different exercises are left; it needs 6"
    assert expected in told(copy)


def test_two_tracks_of_a_kind_are_refused(copy):
    copy.replace(REST, "kind: rest", "kind: early")

    assert "sessions/: there must be one session of the kind early; there are 2" in told(copy)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (PROGRAM, "program.yaml: this file is missing"),
        ("weeks/05.yaml", "weeks/: week 5 is missing"),
        (EXERCISE, "there is no exercise “cat-cow”"),
    ],
)
def test_a_missing_file_is_told(copy, file, words):
    (copy.folder / file).unlink()

    assert any(words in one for one in told(copy))


@pytest.mark.parametrize("name", ["exercises/Cat Cow.yaml", "exercises/cat_cow.yaml"])
def test_a_name_that_is_no_address_is_told(copy, name):
    (copy.folder / EXERCISE).rename(copy.folder / name)

    assert any(f"{name}:1: a name in addresses" in one for one in told(copy))


@pytest.mark.parametrize(
    "name", ["exercises/cat-cow.yml", "poses/cat-cow.yaml", "weeks/extra/01.yaml", "notes.yaml"]
)
def test_a_file_nobody_would_read_is_told(copy, name):
    (copy.folder / name).parent.mkdir(exist_ok=True)
    (copy.folder / name).write_text("name: x\n")

    assert any(one.startswith(f"{name}: no content file is called like this") for one in told(copy))


@pytest.mark.parametrize("name", ["weeks/5.yaml", "weeks/five.yaml"])
def test_a_week_is_named_by_two_figures(copy, name):
    (copy.folder / "weeks/05.yaml").rename(copy.folder / name)

    assert any(one.startswith(f"{name}:1: a week's file is named by its number") for one in told(copy))


def test_a_file_in_another_encoding_is_told(copy):
    (copy.folder / EXERCISE).write_bytes("name: Café".encode("latin-1"))

    assert f"{EXERCISE}:1: this is not a plain text file (UTF-8)" in told(copy)


def test_an_empty_file_is_told(copy):
    (copy.folder / EXERCISE).write_text("# nothing yet\n")

    assert f"{EXERCISE}:1: this file is empty" in told(copy)


def test_a_figure_may_be_there_and_keeps_its_numbers(copy):
    path = copy.folder / EXERCISE
    words = path.read_text(encoding="utf-8").split("\nfigure:")[0].rstrip()
    path.write_text(f"{words}\nfigure:\n  poses:\n    - hip: -90\n      seconds: 2.5\n", encoding="utf-8")

    exercise = read_content(copy.folder).plan.exercise("cat-cow")
    assert exercise.figure == {"poses": [{"hip": -90, "seconds": 2.5}]}
