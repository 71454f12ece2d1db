"""Install WebKit, the engine of every browser on an iPhone, for the tests in it: once, and only where we may."""

import os

from script.lib.environment import VENV, install_system_package
from tests.webkit import find_webkit

PACKAGES = ("webkit2gtk-driver", "xvfb")  # Debian's: 40 MB
TRIED = VENV / "webkit-tried"  # so that a machine that cannot is not asked with every run


def main() -> None:
    """Do nothing unless WEBKIT is set, nor where it is or was tried before; its tests are then skipped and say so."""
    if "WEBKIT" not in os.environ or find_webkit() or TRIED.exists():
        return
    TRIED.touch()
    for name in PACKAGES:
        install_system_package(name)


if __name__ == "__main__":
    main()
