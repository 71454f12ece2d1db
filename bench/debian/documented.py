"""The commands of the operator's page, docs/operating.md: each stands on a line of its own, indented as code."""

import re
from pathlib import Path

from bench.debian.machine import Machine

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "operating.md"
PLACE = "/root/tend"  # where the page has its reader stand
SETTING = re.compile(r"[A-Z_]+=")
# What the page leaves to its reader, and what would change the network that a machine shares with this one.
FILLED_IN = {
    "ADDRESS": "/root/versions/repository",
    "FILE": "/root/backup.zip",
    "--delete-data": "--delete-data <<<https://localhost",
    "systemctl enable --now nftables": "systemctl enable nftables && unshare --net nft --file /etc/nftables.conf",
}


def commands(page: str) -> list[str]:
    """Return the commands of a page, in their order, without the settings that it shows in the same way."""
    lines = [line.strip() for line in page.splitlines() if line.startswith("    ")]
    return [line for line in lines if not SETTING.match(line)]


class Reader:
    """Somebody who has only that page, and gives its commands as they stand there; `given` are those given so far."""

    def __init__(self) -> None:
        self._page = PAGE.read_text()
        self.commands, self.given = commands(self._page), list[str]()

    def give(self, machine: Machine, beginning: str) -> str:
        """Give the command, or each of those, that begin so. Return what was said; exit where one fails, or none does."""
        alike = [command for command in self.commands if command.startswith(beginning)]
        found = [beginning] if beginning in alike else alike
        if not found:
            raise SystemExit(f"{PAGE.name} has no command that begins: {beginning}")
        return "".join(self._give(machine, command) for command in found)

    def give_section(self, machine: Machine, title: str) -> None:
        """Give each command of a section that has not been given yet."""
        section = self._page.split(f"\n## {title}\n")[1].split("\n## ")[0]
        for command in commands(section):
            if command not in self.given:
                self._give(machine, command)

    def left(self) -> list[str]:
        """Return what was not given."""
        return [command for command in self.commands if command not in self.given]

    def _give(self, machine: Machine, command: str) -> str:
        run = command
        for words, instead in FILLED_IN.items():
            run = run.replace(words, instead)
        place = PLACE if (machine.root / PLACE.removeprefix("/")).exists() else "/root"
        said = machine.run("bash", "-c", f"cd {place} && {run}")
        self.given.append(command)
        print(f"    $ {command}{'' if run == command else f'  # as: {run}'}", flush=True)
        return said
