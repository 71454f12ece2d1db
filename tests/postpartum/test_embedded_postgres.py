"""The embedded PostgreSQL, with real servers: what it survives, whom it shuts out, what it leaves behind."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import traceback
from pathlib import Path

import psutil
import psycopg2
import pytest

from postpartum.embedded_postgres import Cluster, EmbeddedPostgresError, connection, places, programs
from postpartum.embedded_postgres.account import Account
from tests.database import home

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root is dropped to another account")


@contextlib.contextmanager
def open_directory(parent):
    """A directory that every account can walk into, unlike pytest's own; root's fallback is in it as well."""
    with tempfile.TemporaryDirectory(dir=parent) as directory, pytest.MonkeyPatch.context() as patch:
        Path(directory).chmod(0o711)
        patch.setattr(places, "SHARED_HOME", Path(directory) / "shared")
        yield Path(directory)


@pytest.fixture
def place():
    """An open directory in memory, where the machine has enough of it."""
    with open_directory(home()) as directory:
        yield directory


@pytest.fixture
def place_for_programs():
    """An open directory on the disk: nothing in memory may be allowed to run."""
    with open_directory(None) as directory:
        yield directory


def closed_home(place):
    """A directory like a home closed to all others."""
    closed = place / "home"
    closed.mkdir(mode=0o700)
    return closed


@pytest.fixture(scope="module")
def made():
    """A cluster as a first start leaves it, stopped: a copy of it costs a tenth of making another."""
    with open_directory(home()) as place, started(place / "data") as cluster:
        assert cluster.stop()
        yield cluster


@pytest.fixture
def data(made, place):
    """A directory with a cluster in it that was used before; nothing runs yet."""
    subprocess.run(["/bin/cp", "-a", made.data_dir, place / "data"], check=True)
    return place / "data"


@pytest.fixture
def cluster(data):
    """A started cluster that keeps its promises: not a throw-away one."""
    with started(data) as cluster:
        yield cluster


@contextlib.contextmanager
def started(data_dir):
    cluster = Cluster(data_dir)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.remove()


def execute(cluster, statement):
    """Run one statement in the cluster's database and return its rows, if it has any."""
    entry = connection(cluster.data_dir)
    database = psycopg2.connect(dbname=entry["NAME"], user=entry["USER"], host=entry["HOST"])
    with contextlib.closing(database), database, database.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


def write_a_row(cluster):
    execute(cluster, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('this')")


def kept_rows(cluster):
    return execute(cluster, "SELECT word FROM kept")


def postmaster(cluster):
    return int((cluster.directory / "postmaster.pid").read_text().split()[0])


def test_rows_are_there_after_a_stop_and_a_start(cluster):
    write_a_row(cluster)
    assert cluster.stop()
    assert not cluster.is_running()
    cluster.start()
    assert kept_rows(cluster) == [("this",)]


def test_a_killed_server_comes_back_with_every_committed_row(cluster):
    write_a_row(cluster)
    os.kill(postmaster(cluster), signal.SIGKILL)
    cluster.start()
    assert kept_rows(cluster) == [("this",)]


def test_a_crashed_servers_number_in_the_hands_of_another_process_does_not_confuse(cluster):
    cluster.stop()
    options = cluster.owner.options() if cluster.owner else {}
    with subprocess.Popen(["sleep", "60"], cwd="/", **options) as stranger:
        for note in (cluster.directory / "postmaster.pid", cluster.socket / ".s.PGSQL.5432.lock"):
            note.write_text(f"{stranger.pid}\n{cluster.directory}\n")
            shutil.chown(note, cluster.directory.stat().st_uid)
        cluster.start()
        stranger.kill()
    assert cluster.is_running()


def test_it_listens_on_no_network_port(cluster):
    server = psutil.Process(postmaster(cluster))
    assert [found.status for found in server.net_connections(kind="inet")] == []
    assert cluster.socket.stat().st_mode & 0o777 == 0o700


def test_the_last_user_to_stop_stops_it(cluster):
    other = Cluster(cluster.data_dir)
    other.start()
    assert not cluster.stop()
    assert other.is_running()
    assert other.stop()


def test_its_log_keeps_no_word_of_a_failed_statement(cluster):
    with pytest.raises(psycopg2.Error):
        execute(cluster, "INSERT INTO nowhere VALUES ('leaking since Tuesday')")
    execute(cluster, "CREATE TABLE once (word text PRIMARY KEY)")
    execute(cluster, "INSERT INTO once VALUES ('heaviness')")
    with pytest.raises(psycopg2.errors.UniqueViolation):
        execute(cluster, "INSERT INTO once VALUES ('heaviness')")
    log = (cluster.directory / "log").read_text()
    assert "duplicate key" in log
    assert "leaking" not in log
    assert "heaviness" not in log


def test_computing_the_connection_touches_nothing(place):
    assert connection(place / "data")["HOST"].startswith("/tmp/postpartum-")
    assert list(place.iterdir()) == []
    assert not Path(connection(place / "data")["HOST"]).exists()


def test_a_first_start_cut_short_is_begun_anew(place):
    unfinished = place / "data" / "postgres.unfinished"
    unfinished.mkdir(parents=True)
    (place / "data").chmod(0o711)
    (unfinished / "PG_VERSION").write_text("18\n")
    with started(place / "data") as cluster:
        assert cluster.is_running()


def test_a_socket_directory_others_can_enter_is_refused(data):
    cluster = Cluster(data)
    places.make_directory(cluster.socket, 0o755, cluster.owner)
    try:
        with pytest.raises(EmbeddedPostgresError, match="belongs to somebody else or is open"):
            cluster.start()
    finally:
        cluster.remove()


@as_root
def test_a_socket_directory_made_by_somebody_else_is_refused(data):
    cluster = Cluster(data)
    places.make_directory(cluster.socket, 0o700, Account("a stranger", 4242, 4242))
    try:
        with pytest.raises(EmbeddedPostgresError, match="belongs to somebody else or is open"):
            cluster.start()
    finally:
        cluster.remove()


def test_data_of_another_major_version_is_refused_in_words(place):
    (place / "data" / "postgres").mkdir(parents=True)
    (place / "data" / "postgres" / "PG_VERSION").write_text("15\n")
    with pytest.raises(EmbeddedPostgresError, match="was written by PostgreSQL 15, and this is 18"):
        Cluster(place / "data").start()


def test_a_directory_that_is_no_cluster_is_left_alone(place):
    (place / "data" / "postgres" / "letters").mkdir(parents=True)
    with pytest.raises(EmbeddedPostgresError, match="holds no data of PostgreSQL"):
        Cluster(place / "data").start()
    assert (place / "data" / "postgres" / "letters").exists()


def test_everything_is_gone_after_remove(data, place):
    with started(data) as cluster:
        pid = postmaster(cluster)
    with contextlib.suppress(psutil.NoSuchProcess):
        assert psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    assert list(place.iterdir()) == []
    assert not cluster.socket.exists()


@as_root
def test_root_under_a_closed_home_keeps_rows_and_opens_nothing(place_for_programs, monkeypatch):
    place, closed_place = place_for_programs, closed_home(place_for_programs)
    for part in programs.PARTS:
        (closed_place / part).symlink_to(programs.PACKAGES / part)  # as closed to others as a copy
    monkeypatch.setattr(programs, "PACKAGES", closed_place)
    with started(closed_place / "data") as cluster:
        write_a_row(cluster)
        cluster.stop()
        again = Cluster(closed_place / "data")
        again.start()
        assert kept_rows(again) == [("this",)]
        assert closed_place.stat().st_mode & 0o777 == 0o700
        assert cluster.directory.is_relative_to(place / "shared")
        assert cluster.directory.stat().st_mode & 0o777 == 0o700
        again.stop()
    assert [path.name for path in (place / "shared").iterdir()] == [f"programs-{programs.PACKAGE_VERSION}"]


def test_an_ordinary_user_keeps_all_of_it_under_a_closed_home(place):
    closed_place = closed_home(place)

    def use_it():
        with started(closed_place / "data") as cluster:
            write_a_row(cluster)
            os.kill(postmaster(cluster), signal.SIGKILL)
            cluster.start()
            assert kept_rows(cluster) == [("this",)]
            assert cluster.directory == closed_place / "data" / "postgres"

    run_as_ordinary_user(use_it, home=closed_place)


@as_root
def test_another_accounts_data_is_refused_in_words(data):
    def use_it():
        with pytest.raises(EmbeddedPostgresError, match="another account"):
            Cluster(data).start()

    with started(data):
        run_as_ordinary_user(use_it)


def run_as_ordinary_user(action, home=None):
    """Call `action` under the account nobody in a process of its own; as who we are, if that is not root."""
    if os.geteuid():
        action()
        return
    nobody = pwd.getpwnam("nobody")
    if not programs.can_run(Account("nobody", nobody.pw_uid, nobody.pw_gid), programs.programs_directory()):
        pytest.skip("other accounts cannot reach this clone")
    if home:
        shutil.chown(home, nobody.pw_uid)
    child = os.fork()
    if not child:
        try:
            os.setgroups([])
            os.setgid(nobody.pw_gid)
            os.setuid(nobody.pw_uid)
            action()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
