# Sourced by the scripts one directory up: leaves the project's own Python in $python, with the file
# $requirements installed in it, and the project's directory as the current one.

cd "$(dirname "$0")/.." || exit 1

NEW_ENOUGH='import sys; sys.version_info >= (3, 11) or sys.exit(1)'
# Compiled with optimizations, as a distribution's own in /usr always is and pyenv's is not, Python takes a tenth off all
# that is done here. Debian's makes a .venv only with python3-venv, which brings ensurepip.
QUICK='import ensurepip, sysconfig as config
sys.prefix == "/usr" or "--enable-optimizations" in config.get_config_var("CONFIG_ARGS") or sys.exit(1)'

# The first of this machine's Pythons that does $1 without complaint.
find_python() (
    IFS=:
    for place in $PATH; do
        for name in python3 python3.14 python3.13 python3.12 python3.11; do
            if "$place/$name" -c "$1" 2>/dev/null; then
                printf %s "$place/$name"
                exit
            fi
        done
    done
    exit 1
)

python=.venv/bin/python
"$python" -c "$NEW_ENOUGH" 2>/dev/null ||
    python=$(find_python "$NEW_ENOUGH; $QUICK" || find_python "$NEW_ENOUGH")
if [ -z "$python" ]; then
    echo "This needs Python 3.11 or newer; here is $(python3 --version 2>/dev/null || echo none)." >&2
    echo "Debian, Ubuntu: sudo apt install python3 python3-venv. macOS: brew install python. Else: python.org" >&2
    exit 1
fi
"$python" script/lib/environment.py "$requirements" || exit
python=.venv/bin/python
unset PYTHONDONTWRITEBYTECODE # compiling everything in each process would cost half the time of a start
