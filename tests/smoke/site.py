"""The site that is walked through: started by its scripts in a directory of its own, reached over HTTP."""

import contextlib
import time

import psutil
import psycopg2

from postpartum.embedded_postgres import connection
from tests.servers import Server
from tests.smoke.mailbox import Mailbox
from tests.smoke.visitor import Visitor

KEPT_FOR = 5  # seconds; a page kept by a process is a second old at most, on a machine that is not busy


class Site(Server):
    """A server in production with its worker, its mails, its commands and its visitors."""

    def __init__(self, data_dir, port):
        super().__init__(data_dir, port)
        self.mails = Mailbox(data_dir / "mail", self.address)
        self.commands_run = set()

    @property
    def secrets(self):
        """The file that keeps its secrets and settings."""
        return self.data_dir / "production.env"

    def visitor(self):
        """Somebody who has never been here."""
        return Visitor(self.address)

    def shows(self, path, words):
        """Wait until a visitor reads these words."""
        visitor = self.visitor()
        self.until(f"{path} says: {words}", lambda: words in visitor.open(path).words)

    def until(self, what, is_so):
        """Wait for what a page shows: in another process than wrote it, it may be a second old."""
        begun = time.monotonic()
        while not is_so():
            assert time.monotonic() - begun < KEPT_FOR, f"not so: {what}"
            time.sleep(0.2)

    def owner_link(self):
        """The link for the first owner, as the server printed it at its start."""
        [line] = [line.strip() for line in self.log.read_text().splitlines() if "/accounts/owner/" in line]
        return line

    def command(self, name, *arguments, **environment):
        """Run a command that must succeed; what it said."""
        code, said = self.manage(name, *arguments, **environment)
        assert code == 0, f"{name}: {said}"
        self.commands_run.add(name)
        return said

    def refused(self, name, *arguments):
        """Run a command that must refuse; why."""
        code, said = self.manage(name, *arguments)
        assert code != 0, f"{name}: {said}"
        assert "Traceback" not in said
        return said

    def kill_worker(self):
        """Kill -9 the worker, which the server starts again."""
        for process in self.processes():
            with contextlib.suppress(psutil.Error):
                if "worker" in process.cmdline():
                    process.kill()

    def tables_with(self, words):
        """The tables with a row that has these words in its text, whatever the column."""
        place = connection(self.data_dir)
        database = psycopg2.connect(dbname=place["NAME"], user=place["USER"], host=place["HOST"])
        with contextlib.closing(database), database.cursor() as cursor:
            cursor.execute("SELECT format('%I', relname) FROM pg_stat_user_tables ORDER BY 1")
            tables = [name for (name,) in cursor.fetchall()]
            found = []
            for table in tables:
                cursor.execute(f"SELECT 1 FROM {table} row WHERE row::text ILIKE %s LIMIT 1", [f"%{words}%"])
                found += [table] if cursor.fetchone() else []
            return found

    def setting(self, name):
        """The value of a setting in its file."""
        return self._settings()[name]

    def set(self, **values):
        """Change settings in its file, as an editor does; they count from the next start."""
        self.secrets.touch(mode=0o600)
        lines = self._settings() | values
        self.secrets.write_text("".join(f"{name}={value}\n" for name, value in lines.items()))

    def _settings(self):
        return dict(line.split("=", 1) for line in self.secrets.read_text().splitlines())
