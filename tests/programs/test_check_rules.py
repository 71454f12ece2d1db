"""`manage.py check_rules FILE…`: worked examples from the shell, without a database."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

CASES = Path(__file__).parent / "rules" / "cases"


def run(capsys, *files):
    """Exit code, output and errors of the command."""
    code = 0
    try:
        call_command("check_rules", *map(str, files))
    except SystemExit as stop:
        code = stop.code
    return code, *capsys.readouterr()


@pytest.fixture
def written(tmp_path):
    """Writes a file and gives its path."""

    def write(content, name="cases.json"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


def test_the_reviewed_examples_pass(capsys):
    code, output, errors = run(
        capsys, CASES / "checkin_cases.json", CASES / "screening.json", CASES / "program.json"
    )
    assert (code, output, errors) == (0, "201 passed, 0 failed\n", "")


def test_every_failure_is_printed_and_the_exit_code_is_1(capsys, written):
    path = written(
        {
            "checkin": [
                {
                    "id": "X1",
                    "title": "Pain 5",
                    "kind": "pre",
                    "changes": {"pain": 5},
                    "expected": {"outcome": "go"},
                },
                {"id": "X2", "kind": "pre", "expected": {"outcome": "go"}},
            ],
            "progression": [{"id": "X3", "changes": {"week": 99}, "expected": {"outcome": "hold_week"}}],
        }
    )
    code, output, errors = run(capsys, path)
    assert (code, errors) == (1, "")
    assert output.splitlines() == [
        f"FAILED {path}: checkin X1 Pain 5: outcome: expected go, got easier",
        f'FAILED {path}: progression X3: the answer "week" is unknown (99)',
        "1 passed, 2 failed",
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('{"cases": [}', "is not valid JSON: Expecting value at line 1, column 12"),
        ("[]", "the file must hold one JSON object"),
        ("{}", "no worked examples in it"),
        ('{"checkin": {"cases": 3}}', '"checkin" must be a list of cases'),
    ],
)
def test_a_malformed_file_says_what_is_wrong_and_the_others_still_run(capsys, written, content, problem):
    bad = written(content, "bad.json")
    code, output, errors = run(capsys, bad, CASES / "screening.json")
    assert (code, output) == (1, "32 passed, 0 failed\n")
    assert errors.startswith(f"{bad}: ")
    assert problem in errors


def test_a_file_that_cannot_be_read_says_so(capsys, tmp_path):
    binary = tmp_path / "binary.json"
    binary.write_bytes(b"\xff\xfe\x00")
    code, output, errors = run(capsys, tmp_path / "missing.json", binary)
    assert (code, output) == (1, "0 passed, 0 failed\n")
    assert "missing.json: cannot be read (No such file or directory)" in errors
    assert "binary.json: is not text in UTF-8" in errors


def test_a_byte_order_mark_does_no_harm(capsys, written):
    path = written("\ufeff" + json.dumps({"screening": [{"expected": {"disposition": "start"}}]}))
    assert run(capsys, path) == (0, "1 passed, 0 failed\n", "")
