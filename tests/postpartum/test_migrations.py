"""No migration locks a table that grows with members, or breaks the version before it, which still serves meanwhile.

What a refused migration should do instead: docs/how-to/write-a-migration.md. The rules read the SQL that Django makes
for PostgreSQL. django-migration-linter was tried and left: it misses constraints that are validated at once.
django-pg-zero-downtime-migrations replaces the database backend, whereas Django's own operations can do all of this.
"""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from postpartum.models import Mail
from tests.plugged_in.exceptions import check

OURS = {"accounts", "blog", "common", "postpartum", "programs"}

# Tables with some hundred rows however many members there are: what the therapist and her editors write.
SMALL = {
    "blog_article", "blog_topic", "blog_source", "blog_picture", "blog_document", "blog_redirect",
    "programs_country", "programs_exercise", "programs_session", "programs_week", "programs_phase",
    "programs_prescription", "programs_program", "programs_release", "postpartum_practice",
}  # fmt: skip
FIRST_HANDED_OUT = "62d7780"  # the first commit whose data somebody may have
RENUMBERED = {  # before anybody had them
    ("blog", "0007_standard_names"),
    ("blog", "0023_trusted_writers_and_phrases"),
    ("programs", "0003_standard_names"),
}
HOW_TO = Path(settings.BASE_DIR) / "docs" / "how-to" / "write-a-migration.md"
EVERY, LARGE = "every table", "large tables"
TABLE = r'"?(?P<table>\w+)"?'


@dataclass(frozen=True)
class Rule:
    """A statement that is refused on `tables`, and what to do instead."""

    pattern: str
    tables: str
    instead: str


RULES = [
    Rule(rf"CREATE (UNIQUE )?INDEX (?!CONCURRENTLY).* ON {TABLE}", LARGE, "AddIndexConcurrently"),
    Rule(
        rf"ALTER TABLE {TABLE} .*(ADD CONSTRAINT|CONSTRAINT \S+ REFERENCES)(?!.*NOT VALID)",
        LARGE,
        "AddConstraintNotValid, and ValidateConstraint in the next migration",
    ),
    Rule(rf"ALTER TABLE {TABLE} .*ALTER COLUMN \S+ TYPE", LARGE, "a new column, filled in batches"),
    Rule(rf"ALTER TABLE {TABLE} .*SET NOT NULL", LARGE, "a check constraint, not validated at once"),
    Rule(rf"ALTER TABLE {TABLE} .*GENERATED ALWAYS AS .*STORED", LARGE, "a new column, filled in batches"),
    Rule(
        rf"ALTER TABLE {TABLE} .*DROP DEFAULT",
        EVERY,
        "db_default: the version before does not fill the column",
    ),
    Rule(
        rf"ALTER TABLE {TABLE} .*(DROP COLUMN|RENAME)",
        EVERY,
        "to do it once the version before uses it no more",
    ),
    Rule(rf"DROP TABLE {TABLE}", EVERY, "to do it once the version before uses it no more"),
    Rule(rf"(UPDATE|DELETE FROM) {TABLE}", LARGE, "batches in a migration that is not atomic"),
]

# What landed before there was a server to update, judged once. Here belongs, too, what a person has looked at since and
# found harmless, with the reason.
EXEMPT = {
    "accounts.0002_ends_at": "a renamed column and one UPDATE, before the first server",
    "blog.0005_desk_lists": "an index of comments, before the first server",
    "blog.0007_old_files": "a dropped column, before the first server",
    "blog.0008_standard_names": "renamed tables and columns, before the first server",
    "blog.0010_search_without_locale": "the article's search column made anew, before the first server",
    "blog.0011_rename_article_rendered": "a renamed column, before the first server",
    "blog.0012_shared_text_search": "the article's search column made anew, before the first server",
    "blog.0013_imported_run": "a key and its index on what was imported, before the first server",
    "blog.0015_words_of_danger": "a column without a lasting default and an index, before the first server",
    "blog.0016_pages": "a column without a lasting default, before the first server",
    "postpartum.0003_desk_lists": "an index of mails, before the first server",
    "postpartum.0005_standard_names": "renamed tables, before the first server",
    "programs.0003_words_of_the_program": "a column without a lasting default, before the first server",
    "programs.0004_standard_names": "a renamed column, before the first server",
    "programs.0005_rules_version_2": "columns without a lasting default, before the first server",
    "programs.0006_figure_woman": "a column without a lasting default, before the first server",
    "programs.0007_holds_belong_to_the_member": "holds moved in one transaction, before the first server",
    "programs.0009_correct_check_ins": "a key on check-ins, before the first server",
    "programs.0010_concerns_count_reports": "columns without a lasting default, before the first server",
    "programs.0012_words_of_danger": "a constraint on concerns, before the first server",
}


def findings(migration: migrations.Migration, state: ProjectState) -> list[str]:
    """Return what is refused of a migration, and change `state` by it."""
    own = connection.copy()  # outside the test's transaction, in which nothing runs concurrently
    with own.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
        migration.apply(state, editor, collect_sql=True)
    own.close()
    statements = [line for line in editor.collected_sql if not line.startswith("--")]
    new = {match[1] for line in statements if (match := re.match(r'CREATE TABLE "?(\w+)', line))}
    found = [told for line in statements for rule in RULES if (told := refusal(rule, line, new))]
    return found + [
        f"{name}: use batches in a migration that is not atomic" for name in data_changes(migration)
    ]


def refusal(rule: Rule, statement: str, new: set[str]) -> str:
    """Return why the rule refuses a statement; "" where it does not. The tables `new` of the same migration are empty."""
    match = re.match(rule.pattern, statement, re.DOTALL)
    if not match or match["table"] in new or (rule.tables == LARGE and match["table"] in SMALL):
        return ""
    return f"{statement[:150]} → use {rule.instead}"


def data_changes(migration: migrations.Migration) -> list[str]:
    """Return the functions that an atomic migration runs: in one transaction, whose locks last to its end."""
    if not migration.atomic:
        return []
    return [one.code.__name__ for one in migration.operations if isinstance(one, migrations.RunPython)]


def refused(*operations: Operation, atomic: bool = True) -> list[str]:
    """Return what is refused of a migration of two tables: a large and a small one."""
    state = ProjectState()
    for name in ("Mail", "Topic"):
        fields = [("id", models.BigAutoField(primary_key=True)), ("words", models.TextField(default=""))]
        migrations.CreateModel(name, fields).state_forwards("blog", state)
    migration = type("Migration", (migrations.Migration,), {"operations": operations, "atomic": atomic})
    return findings(migration("0002_next", "blog"), state)


def fill(apps: object, schema_editor: object) -> None:
    """Change data."""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("operation", "instead"),
    [
        (
            migrations.AddIndex("mail", models.Index(fields=["words"], name="by_words")),
            "AddIndexConcurrently",
        ),
        (
            migrations.AddConstraint(
                "mail", models.CheckConstraint(condition=~models.Q(words=""), name="said")
            ),
            "AddConstraintNotValid",
        ),
        (migrations.AlterField("mail", "words", models.IntegerField(default=0)), "filled in batches"),
        (migrations.AlterField("mail", "words", models.CharField(max_length=9)), "filled in batches"),
        (migrations.AddField("topic", "order", models.IntegerField(default=0)), "db_default"),
        (migrations.RemoveField("topic", "words"), "the version before uses it no more"),
        (migrations.RenameField("topic", "words", "text"), "the version before uses it no more"),
        (migrations.RenameModel("topic", "subject"), "the version before uses it no more"),
        (migrations.DeleteModel("topic"), "the version before uses it no more"),
        (migrations.RunSQL("UPDATE blog_mail SET words = ''"), "batches"),
        (migrations.RunPython(fill), "batches"),
    ],
    ids=lambda one: type(one).__name__ if isinstance(one, Operation) else "",
)
def test_what_locks_or_breaks_is_refused(operation, instead):
    [told, *_] = refused(operation)
    assert instead in told


@pytest.mark.django_db
@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("mail", "order", models.IntegerField(db_default=0)),
        migrations.AddField("mail", "seen_at", models.DateTimeField(null=True)),
        migrations.AddIndex("topic", models.Index(fields=["words"], name="by_words")),
        AddIndexConcurrently("mail", models.Index(fields=["words"], name="by_words")),
        AddConstraintNotValid("mail", models.CheckConstraint(condition=~models.Q(words=""), name="said")),
        migrations.RunPython(fill),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_does_neither_is_allowed(operation):
    assert refused(operation, atomic=False) == []


@pytest.mark.django_db
def test_no_migration_locks_a_large_table_or_breaks_the_version_before():
    loader = MigrationLoader(connection)
    state, found = ProjectState(), {}
    for key in loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True):
        migration = loader.graph.nodes[key]
        if key[0] not in OURS:
            state = migration.mutate_state(state, preserve=False)
            continue
        if told := findings(migration, state):
            found[f"{key[0]}.{key[1]}"] = f"{key[0]}.{key[1]}:\n  " + "\n  ".join(told)
    check(found, EXEMPT)


def test_no_migration_that_landed_is_gone_without_one_that_replaces_it():
    git = [
        "git",
        "log",
        "--first-parent",
        "-m",
        "--no-renames",
        "--diff-filter=D",
        "--name-only",
        "--format=",
    ]
    where = [f"{FIRST_HANDED_OUT}..HEAD", "--", "*/migrations/[0-9]*.py"]
    told = subprocess.run([*git, *where], cwd=settings.BASE_DIR, capture_output=True, text=True)
    if told.returncode:
        pytest.skip("This copy has no history.")
    replaced = {key for one in MigrationLoader(None).disk_migrations.values() for key in one.replaces}
    gone = [path for path in map(Path, told.stdout.split()) if not (settings.BASE_DIR / path).exists()]
    assert [path for path in gone if (path.parts[0], path.stem) not in replaced | RENUMBERED] == []


@pytest.mark.django_db
def test_the_batches_of_the_how_to_go_on_where_they_were_interrupted():
    [code] = re.findall(r"```python\n(.*?)```", HOW_TO.read_text(), re.DOTALL)
    recipe = {"migrations": migrations}
    exec(code, recipe)
    recipe["BATCH"] = 2
    Mail.objects.bulk_create(
        Mail(message_id=str(number), recipients=["a@example.org"], state="failed") for number in range(5)
    )

    with pytest.raises(KeyboardInterrupt):
        recipe["fill"](SimpleNamespace(get_model=Interrupted(after=1)), None)
    assert Mail.objects.filter(problem="unknown").count() == 2
    recipe["fill"](apps, None)
    assert Mail.objects.filter(problem="unknown").count() == 5


class Interrupted:
    """Gives the model out, and an interruption where it is asked for mails once more than `after` batches."""

    def __init__(self, after):
        self._left = after

    def __call__(self, *name):
        return SimpleNamespace(objects=self)

    def filter(self, **conditions):
        """Count what names rows to change."""
        if "pk__in" in conditions:
            if not self._left:
                raise KeyboardInterrupt
            self._left -= 1
        return Mail.objects.filter(**conditions)


@pytest.mark.django_db(transaction=True)
def test_what_is_left_of_an_index_does_not_stop_the_next_try():
    all_made = MigrationLoader(None).disk_migrations
    followed = {key for one in all_made.values() for key in one.dependencies}
    made = next(one for key, one in all_made.items() if adds_an_index(one) and key not in followed)
    [name] = [one.index.name for one in made.operations]
    MigrationRecorder(connection).record_unapplied(made.app_label, made.name)
    call_command("migrate", verbosity=0)
    assert (made.app_label, made.name) in MigrationRecorder(connection).applied_migrations()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname = %s", [name])
        assert cursor.fetchone() == (1,)


def adds_an_index(migration):
    """Whether a migration of ours makes one index of a table in use."""
    operations = [type(one) for one in migration.operations]
    return migration.app_label in OURS and operations == [AddIndexConcurrently]
