"""What script/server runs once .venv stands: database, preparations, server; and the end of all of them.

Every process it starts is stopped with it: in order on Ctrl-C and SIGTERM, by the kernel should it be killed.
"""

import argparse
import contextlib
import os
import socket
import sys
import time
from pathlib import Path

from postpartum.embedded_postgres import Cluster, EmbeddedPostgresError
from script.lib import production
from script.lib.processes import Processes, stop_on_signals

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
GUNICORN = ("-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "postpartum.wsgi")


def main():
    """Serve until told to stop. Exits 0 after a stop that was asked for, 1 with words after a failure."""
    options = parse_arguments()
    port = chosen_port()
    set_environment(port, options.production)
    stop_on_signals()
    try:
        with database(), Processes() as processes:
            processes.run("-m", "script.lib.prepare")
            server = GUNICORN if options.production else ("manage.py", "runserver", f"{HOST}:{port}")
            processes.start(*server)
            wait_until_served(port, processes)
            print(greeting(port, options.production), flush=True)
            processes.wait()
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
    except EmbeddedPostgresError as error:
        sys.exit(f"\n{error}")


def parse_arguments():
    parser = argparse.ArgumentParser(
        prog="script/server",
        description="Run the site on this machine.",
        epilog="The environment's PORT, DATA_DIR and DATABASE_URL change where and on what; see README.md.",
    )
    parser.add_argument(
        "--production", action="store_true", help="as it runs in earnest: gunicorn, DEBUG off"
    )
    return parser.parse_args()


def chosen_port():
    """The port of PORT, checked to be free now rather than after everything else has been prepared."""
    text = os.environ.get("PORT", "8000")
    if not (text.isdecimal() and 0 < int(text) < 65536):
        sys.exit(f"PORT is {text!r}, but must be a number from 1 to 65535, like PORT=8001 script/server.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(text)))
        except PermissionError:
            sys.exit(
                f"Port {text} needs special rights on this machine. Choose another: PORT=8001 script/server"
            )
        except OSError:
            other = 8001 if text != "8001" else 8002
            sys.exit(
                f"Port {text} is in use, perhaps by a script/server started before. "
                f"Stop that, or choose another port: PORT={other} script/server"
            )
    return int(text)


def set_environment(port, in_production):
    """The environment of every process started from here; what is set already stays."""
    os.chdir(ROOT)
    os.umask(0o077)  # mails, pictures and secrets it writes are nobody else's
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postpartum.settings")
    os.environ.setdefault("SITE_URL", f"http://{HOST}:{port}")
    os.environ["PORT"] = str(port)
    os.environ["DATA_DIR"] = str(data_dir())
    if in_production:
        os.environ["DEBUG"] = "0"
        production.set_secrets(data_dir())
    else:
        os.environ.setdefault("DEBUG", "1")
        os.environ["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"  # the greeting says what this is


def data_dir():
    """Where everything is kept between runs."""
    return Path(os.environ.get("DATA_DIR") or ROOT / ".data").resolve()


def database():
    """The embedded PostgreSQL for as long as the context lasts, unless DATABASE_URL names another one."""
    if os.environ.get("DATABASE_URL"):
        return contextlib.nullcontext()
    return Cluster(data_dir()).running()


def wait_until_served(port, processes):
    """Return once the server takes connections; end with words if it ends before that."""
    while True:
        processes.check()
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return
        time.sleep(0.05)


def greeting(port, in_production):
    lines = ["", f"  Open http://{HOST}:{port}/", ""]
    if in_production:
        lines += [f"  Its secrets and settings: {production.secrets_file(data_dir())}"]
    else:
        lines += [
            "  Sign in as mother@example.org or therapist@example.org, password demo-only-password.",
            f"  Mail it sends: http://{HOST}:{port}/dev/mail/",
        ]
    return "\n".join([*lines, "  Ctrl-C stops everything; nothing is lost.", ""])


if __name__ == "__main__":
    main()
