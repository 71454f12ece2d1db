# Sourced by the scripts one directory up: leaves the project's own Python in $python, with the file
# $requirements installed in it, and the project's directory as the current one.

cd "$(dirname "$0")/.." || exit 1

find_python() {
    for candidate in .venv/bin/python python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf %s "$candidate"
            return
        fi
    done
}

python=$(find_python)
if [ -z "$python" ]; then
    echo "This needs Python 3.11 or newer; here is $(python3 --version 2>/dev/null || echo none)." >&2
    echo "Debian, Ubuntu: sudo apt install python3 python3-venv. macOS: brew install python. Else: python.org" >&2
    exit 1
fi
"$python" script/lib/environment.py "$requirements" || exit
python=.venv/bin/python
unset PYTHONDONTWRITEBYTECODE # compiling everything in each process would cost half the time of a start
