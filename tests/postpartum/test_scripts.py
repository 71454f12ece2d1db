"""script/server and script/test as a newcomer meets them, run for real in a directory of their own."""

import os
import shutil
import socket
import stat
import subprocess
import sys
import urllib.error
from pathlib import Path

import psutil
import pytest
from environ import Env

from postpartum import development
from script.lib import environment, last_start, production, serve
from tests import database
from tests.database import PREFIX, remove_left_behind
from tests.servers import SET_BY_TESTS, Server, is_alive, is_worker
from tests.worker import wait_until

ROOT = Path(__file__).resolve().parents[2]


def test_in_production_it_keeps_its_secrets_and_after_a_kill_everything_is_there_and_stops_cleanly(server):
    server.start("--production")
    shows_no_debugging_and_keeps_its_secrets(server)
    server.kill_everything()
    assert "mother@example.org" in server.start()  # the demo's people, in the same database
    assert server.get("/healthz")[0] == 200
    everything = server.processes()
    server.stop()
    assert [process for process in everything if is_alive(process)] == []


def shows_no_debugging_and_keeps_its_secrets(server):
    """As the file beside the data does, and the page of an address that is none."""
    secrets = server.data_dir / "production.env"
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    assert b"<title>" in server.get("/")[1]
    with pytest.raises(urllib.error.HTTPError) as missing:
        server.get("/no-such-page/")
    assert b"URLconf" not in missing.value.read()


def test_a_worker_that_is_killed_is_started_again_and_the_site_serves_on(server):
    server.start("--production")
    worker = next(filter(is_worker, server.processes()))

    worker.kill()

    wait_until(lambda: any(is_worker(one) and one.pid != worker.pid for one in server.processes()))
    assert server.get("/robots.txt")[0] == 200
    assert "manage.py worker ended (code -9) and is started again" in server.log.read_text()
    server.stop()


def test_a_port_in_use_is_named_before_anything_is_done(server, free_port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port))
        other.listen()
        code, said = server.run_to_end()
    assert code == 1
    assert f"Port {free_port} is in use" in said
    assert "PORT=8001 script/server" in said
    assert not server.data_dir.exists()


@pytest.mark.parametrize("port", ["", "eighty", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused_in_words(port, monkeypatch):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SystemExit, match=f"PORT is '{port}', but must be a number from 1 to 65535"):
        serve.chosen_port()


def test_an_unknown_option_is_refused_with_the_known_ones(data_dir):
    code, said = Server(data_dir, 8000).run_to_end("--prodution")
    assert code == 2
    assert "--production" in said


def test_a_clinician_checks_the_rules_from_where_she_stands_without_a_database(tmp_path):
    shutil.copy(ROOT / "tests/programs/rules/cases/screening.json", tmp_path)
    clean = {name: value for name, value in os.environ.items() if name not in SET_BY_TESTS}

    ran = subprocess.run(
        [ROOT / "script" / "manage", "check_rules", "screening.json"],
        cwd=tmp_path, env=clean | {"DATA_DIR": str(tmp_path / "data")}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip

    assert (ran.returncode, ran.stdout) == (0, "32 passed, 0 failed\n"), ran.stderr
    assert not (tmp_path / "data").exists()


def test_without_its_settings_manage_py_says_in_a_line_what_to_do(tmp_path):
    clean = {name: value for name, value in os.environ.items() if name not in SET_BY_TESTS | {"SECRET_KEY"}}

    ran = subprocess.run(
        [sys.executable, ROOT / "manage.py", "check_rules", "x.json"],
        cwd=tmp_path, env=clean, capture_output=True, text=True, timeout=120,
    )  # fmt: skip

    assert ran.returncode == 1
    assert ran.stderr.splitlines()[0].startswith("Set SECRET_KEY in the environment")
    assert "script/manage" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.fixture
def bare_environment(monkeypatch):
    """An environment in which nothing of ours is set; put back as it was, also where it was not set."""
    for name in {*production.first_values(Path()), *last_start.NAMES}:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    return monkeypatch


def test_secrets_are_made_once_and_the_environment_wins(tmp_path, bare_environment):
    production.ensure_secrets(tmp_path)
    production.load_secrets(tmp_path, in_production=True)
    first = os.environ["SECRET_KEY"]
    bare_environment.setenv("ALLOWED_HOSTS", "tend.example.org")
    bare_environment.delenv("SECRET_KEY")
    production.ensure_secrets(tmp_path)
    production.load_secrets(tmp_path, in_production=True)
    assert os.environ["SECRET_KEY"] == first
    assert len(first) >= 50
    assert os.environ["ALLOWED_HOSTS"] == "tend.example.org"


def test_keys_belong_to_the_data_so_development_uses_those_of_production_and_nothing_else(
    tmp_path, bare_environment
):
    production.ensure_secrets(tmp_path)
    production.load_secrets(tmp_path, in_production=False)
    assert os.environ.keys() >= production.KEYS
    assert "EMAIL_URL" not in os.environ


def test_what_development_sealed_still_opens_in_production(tmp_path):
    assert len(production.first_keys(tmp_path)) == 1
    (tmp_path / "postgres").mkdir()
    new, known = production.first_keys(tmp_path)
    assert known == development.FIELD_KEY
    assert new != known


def test_a_command_works_as_part_of_the_site_that_was_started_on_the_data(tmp_path, bare_environment):
    bare_environment.setenv("DEBUG", "0")
    bare_environment.setenv("SITE_URL", "https://tend.example.org")
    with last_start.recording(tmp_path):
        pass
    bare_environment.delenv("DEBUG")
    bare_environment.setenv("SITE_URL", "http://another.example.org")
    last_start.apply_to_environment(tmp_path)
    assert os.environ["DEBUG"] == "0"
    assert os.environ["SITE_URL"] == "http://another.example.org"


def test_secrets_put_beside_no_data_yet_are_of_a_site_in_production(tmp_path, bare_environment):
    last_start.apply_to_environment(tmp_path)
    assert "DEBUG" not in os.environ
    production.ensure_secrets(tmp_path)
    last_start.apply_to_environment(tmp_path)
    assert os.environ["DEBUG"] == "0"


def test_beside_a_server_of_the_other_mode_none_starts_on_the_same_data(tmp_path, bare_environment):
    bare_environment.setenv("SITE_URL", "http://127.0.0.1:8000")
    bare_environment.setenv("DEBUG", "0")
    with last_start.recording(tmp_path), last_start.recording(tmp_path):
        bare_environment.setenv("DEBUG", "1")
        with pytest.raises(SystemExit, match="A server of another kind"), last_start.recording(tmp_path):
            pass
    with last_start.recording(tmp_path):
        pass


def test_mail_goes_to_files_beside_the_data(tmp_path):
    address = production.first_values(tmp_path)["EMAIL_URL"]

    assert Env.email_url_config(address)["EMAIL_FILE_PATH"] == str(tmp_path / "mail")


def test_what_a_killed_script_started_ends_with_it():
    parent = (
        "from script.lib.processes import Processes\n"
        "child = Processes().start('-c', 'import time; time.sleep(60)')\n"
        "print(child.pid, flush=True)\n"
        "child.wait()\n"
    )
    with subprocess.Popen([sys.executable, "-c", parent], cwd=ROOT, stdout=subprocess.PIPE) as script:
        child = psutil.Process(int(script.stdout.readline()))
        script.kill()
    child.wait(60)
    assert not child.is_running()


class TestEnvironment:
    """The .venv that each script makes first, in a project of its own."""

    @pytest.fixture
    def project(self, tmp_path):
        project = tmp_path / "project"
        shutil.copytree(ROOT / "script", project / "script", ignore=shutil.ignore_patterns("__pycache__"))
        (project / "requirements.txt").write_text("# nothing yet\n")
        which = project / "script" / "which"
        which.write_text(
            "requirements=requirements.txt\n"
            '. "$(dirname "$0")/lib/python.sh"\n'
            "\"$python\" -c 'import sys; print(sys.prefix)'\n"
        )
        return project

    def run(self, project, **environment):
        command = ["/bin/sh", project / "script" / "which"]
        surroundings = os.environ | {"PIP_NO_INDEX": "1"} | environment  # a machine that is offline
        return subprocess.run(command, env=surroundings, capture_output=True, text=True)

    def test_one_made_elsewhere_is_made_anew_once_and_what_cannot_be_installed_is_told_and_not_stamped(
        self, project
    ):
        self.copied_from_elsewhere(project)
        first, again = self.run(project), self.run(project)
        assert "Making .venv" in first.stderr
        assert (again.stdout, again.stderr) == (f"{project}/.venv\n", "")
        (project / "requirements.txt").write_text("./not-here\n")
        stamp = project / ".venv" / "installed-requirements.txt"
        stamped = stamp.read_text()
        ended = self.run(project)
        assert ended.returncode == 1
        assert "Making .venv" not in ended.stderr
        assert "pip could not install requirements.txt" in ended.stderr
        assert stamp.read_text() == stamped  # so the next start tries again

    def copied_from_elsewhere(self, project):
        """Put a .venv there as it comes along with a copied project: its programs point to the old place."""
        programs = project / ".venv" / "bin"
        programs.mkdir(parents=True)
        (programs / "python").symlink_to(sys.executable)
        requirements = project / "requirements.txt"
        stamp = f"{environment.fingerprint(requirements)} in /elsewhere/.venv\n"
        (project / ".venv" / "installed-requirements.txt").write_text(stamp)

    def test_the_fingerprint_changes_with_the_file(self, project):
        before = environment.fingerprint(project / "requirements.txt")
        (project / "requirements.txt").write_text("Django\n")
        assert environment.fingerprint(project / "requirements.txt") != before

    @pytest.fixture
    def tools(self, project):
        """All the PATH there is."""
        tools = project / "tools"
        tools.mkdir()
        for tool in ("sh", "dirname"):
            (tools / tool).symlink_to(shutil.which(tool))
        return tools

    def put(self, tools, name, does):
        """Have a Python of this name do that."""
        (tools / name).write_text(f"#!/bin/sh\n{does}\n")
        (tools / name).chmod(0o755)

    def test_without_a_python_it_says_what_is_needed(self, project, tools):
        self.put(tools, "python3", "[ $1 = --version ] && echo Python 3.9.2 && exit\nexit 1")
        ended = self.run(project, PATH=str(tools))
        assert ended.returncode == 1
        assert "needs Python 3.11 or newer; here is Python 3.9.2" in ended.stderr

    @pytest.mark.parametrize(("others", "chosen"), [([], "python3"), (["python3.12"], "python3.12")])
    def test_a_python_compiled_with_optimizations_is_taken_first(self, project, tools, others, chosen):
        refuses_if_asked_for_optimizations = 'case $2 in *optimizations*) exit 1; esac\n[ "$1" = -c ] && exit'
        self.put(tools, "python3", f"{refuses_if_asked_for_optimizations}\necho python3; exit 3")
        for name in others:
            self.put(tools, name, f'[ "$1" = -c ] && exit\necho {name}; exit 3')
        ended = self.run(project, PATH=str(tools))
        assert (ended.returncode, ended.stdout.strip()) == (3, chosen)


@pytest.mark.parametrize(
    ("chromium", "words"),
    [("/nowhere/chrome", "no Chromium starts there"), ("/bin/true", "no Chromium starts")],
)
def test_a_wrong_chromium_is_named(chromium, words):
    command = [sys.executable, "-m", "script.lib.browser"]
    ended = subprocess.run(command, cwd=ROOT, env={"CHROMIUM": chromium}, capture_output=True, text=True)
    assert ended.returncode == 1
    assert words in ended.stderr


def test_what_a_killed_run_of_the_tests_left_is_removed_and_a_living_ones_is_not(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "home", lambda: tmp_path)
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    left, living = (tmp_path / f"{PREFIX}{pid}-x" for pid in (ended.pid, os.getpid()))
    left.mkdir()
    living.mkdir()
    remove_left_behind()
    assert list(tmp_path.iterdir()) == [living]
