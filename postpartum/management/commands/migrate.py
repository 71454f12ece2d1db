"""Django's `migrate`, which may be killed at any moment and run again."""

from typing import Any, cast

from django.contrib.postgres.operations import AddIndexConcurrently
from django.core.management.commands import migrate
from django.core.management.sql import emit_pre_migrate_signal
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor

OTHER_OPTIONS = ("app_label", "fake", "fake_initial", "plan", "check_unapplied", "prune")


class Command(migrate.Command):
    """Apply each migration and record it as applied in one transaction.

    Django records a migration that makes keys or indexes only after it has been committed: killed in between, it would
    make the same tables again at the next start, and fail.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        """Apply the pending migrations, then let Django do the rest. Runs with other options are Django's alone."""
        self.verbosity = options["verbosity"]
        if not any(options[name] for name in OTHER_OPTIONS):
            self._apply_pending(connections[options["database"]], options["interactive"])
        super().handle(*args, **options)

    def _apply_pending(self, connection: BaseDatabaseWrapper, interactive: bool) -> None:
        executor = MigrationExecutor(connection, cast(Any, self.migration_progress_callback))
        if executor.loader.detect_conflicts():
            return
        executor.loader.check_consistent_history(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not plan:
            return
        executor.recorder.ensure_schema()
        state = executor.migrate([], plan=[])  # applies nothing: gives the state so far
        emit_pre_migrate_signal(self.verbosity, interactive, connection.alias, apps=state.apps, plan=plan)
        for migration, _ in plan:
            if not migration.atomic:
                remove_unfinished_indexes(connection, migration)
                state = executor.apply_migration(state, migration)
                continue
            with transaction.atomic(using=connection.alias):
                state = executor.apply_migration(state, migration)


def remove_unfinished_indexes(connection: BaseDatabaseWrapper, migration: Migration) -> None:
    """Drop the indexes a migration is about to make: one that was interrupted has left them, valid or not."""
    for operation in migration.operations:
        if isinstance(operation, AddIndexConcurrently):
            name = connection.ops.quote_name(operation.index.name)
            with connection.cursor() as cursor:
                cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
