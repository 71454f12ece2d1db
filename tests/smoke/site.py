"""The site that is walked through: started by its scripts in a directory of its own, reached over HTTP."""

from tests.servers import Server
from tests.smoke.mailbox import Mailbox
from tests.smoke.visitor import Visitor


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
