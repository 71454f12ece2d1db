"""What script/server runs once .venv exists: database, preparations, server and worker, and their end.

Every process it starts is stopped with it: in order on Ctrl-C and SIGTERM, by the kernel if it is killed.
"""

import argparse
import contextlib
import os
import socket
import sys
import time

from postpartum.embedded_postgres import EmbeddedPostgresError
from script.lib import last_start, production, setting
from script.lib.processes import Processes, stop_on_signals

HOST = "127.0.0.1"
# In development too: Django's own server gives each connection a thread, and each thread may hold one of the database's.
GUNICORN = ("-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "postpartum.wsgi")


def main() -> None:
    """Serve until stopped. Exit with 0 after a requested stop, with 1 and a message after a failure."""
    in_production = parse_arguments().production
    port = chosen_port()
    set_environment(port, in_production)
    stop_on_signals()
    try:
        with last_start.recording(setting.data_dir()), setting.database(), Processes() as processes:
            processes.run("-m", "script.lib.prepare")
            processes.start(*GUNICORN)
            wait_until_served(port, processes)
            processes.keep("manage.py", "worker")
            if in_production:
                processes.run("manage.py", "owner_link")
            print(greeting(port, in_production), flush=True)
            try:
                processes.wait()
            finally:
                print("\nStopping …", flush=True)
    except KeyboardInterrupt:
        print("Stopped.", flush=True)
    except EmbeddedPostgresError as error:
        sys.exit(f"\n{error}")


def parse_arguments() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(
        prog="script/server",
        description="Run the site on this machine.",
        epilog="The environment's PORT, DATA_DIR and DATABASE_URL change where and on what; see README.md.",
    )
    parser.add_argument("--production", action="store_true", help="as in earnest: DEBUG off")
    return parser.parse_args()


def chosen_port() -> int:
    """Return PORT, checked to be free before anything is prepared. Exit with a message otherwise."""
    text = os.environ.get("PORT", "8000")
    if not (text.isdecimal() and 0 < int(text) < 65536):
        sys.exit(f"PORT is {text!r}, but must be a number from 1 to 65535, like PORT=8001 script/server.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(text)))
        except PermissionError:
            sys.exit(f"Port {text} needs special rights here. Choose another: PORT=8001 script/server")
        except OSError:
            other = 8001 if text != "8001" else 8002
            sys.exit(
                f"Port {text} is in use, perhaps by a script/server started before. "
                f"Stop that, or choose another port: PORT={other} script/server"
            )
    return int(text)


def set_environment(port: int, in_production: bool) -> None:
    """Set the environment of every process started from here. Existing variables win, except DEBUG in production."""
    if in_production:
        os.environ["DEBUG"] = "0"
        production.ensure_secrets(setting.data_dir())
    setting.enter()
    os.environ.setdefault("SITE_URL", f"http://{HOST}:{port}")
    os.environ["PORT"] = str(port)


def wait_until_served(port: int, processes: Processes) -> None:
    """Return once the server accepts connections; exit with a message if it ends before that."""
    while True:
        processes.check()
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return
        time.sleep(0.05)


def greeting(port: int, in_production: bool) -> str:
    """Return where to go now, and how to sign in."""
    lines = ["", f"  Open http://{HOST}:{port}/", ""]
    if in_production:
        lines += [f"  Its secrets and settings: {production.secrets_file(setting.data_dir())}"]
    else:
        lines += [
            "  Sign in as mother@example.org or therapist@example.org, password demo-only-password.",
            f"  Mail it sends: http://{HOST}:{port}/dev/mail/",
        ]
    return "\n".join([*lines, "  Ctrl-C stops everything; nothing is lost.", ""])


if __name__ == "__main__":
    main()
