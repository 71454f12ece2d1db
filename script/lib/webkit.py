"""Install WebKit, the engine of every browser on an iPhone, for the tests in it: once, and only where we may."""

from script.lib.environment import VENV, install_system_package
from tests.webkit import find_webkit

PACKAGES = ("webkit2gtk-driver", "xvfb")  # Debian's: 40 MB
TRIED = VENV / "webkit-tried"  # so that a machine that cannot is not asked with every run


def main() -> None:
    """Do nothing where it is, or was tried before. Without it its tests are skipped and say so."""
    if find_webkit() or TRIED.exists():
        return
    TRIED.touch()
    for name in PACKAGES:
        install_system_package(name)


if __name__ == "__main__":
    main()
