"""Install the browsers beside Chromium for the tests in them: those asked for, once, and only where we may."""

import os
from collections.abc import Callable

from script.lib.environment import VENV, install_system_package
from tests.firefox import find_firefox
from tests.webkit import find_webkit


def main() -> None:
    """Do nothing for an engine that is not asked for; its tests are then skipped and say so."""
    if "WEBKIT" in os.environ:
        install("webkit", find_webkit, ["webkit2gtk-driver", "xvfb"])  # 40 MB
    if "FIREFOX" in os.environ:
        install("firefox", find_firefox, ["firefox-esr"])  # 80 MB


def install(name: str, find: Callable[[], object], packages: list[str]) -> None:
    """Install the engine's Debian packages, unless it is there or was tried before."""
    tried = VENV / f"{name}-tried"  # so that a machine that cannot is not asked with every run
    if find() or tried.exists():
        return
    tried.touch()
    for package in packages:
        install_system_package(package)


if __name__ == "__main__":
    main()
