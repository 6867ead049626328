#!/bin/sh
# Step 1 of `make demo`: is this machine able to run it? Says what is wrong and the one line that mends it.
# Usage: environment.sh PYTHON, with PORT in the environment when the port matters.
python=${1:-python3}

refuse() { printf '%s\n' "$@" >&2; exit 1; }

command -v "$python" >/dev/null 2>&1 ||
    refuse "There is no $python. Amana needs Python 3.11 or newer:" "  sudo apt-get install -y python3 python3-venv"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    refuse "$python is $("$python" -V 2>&1); Amana needs 3.11 or newer." \
           "If a newer one is installed, name it: make demo PYTHON=python3.12"
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
    refuse "$python has no venv. This installs it:" "  sudo apt-get install -y python3-venv"

need=700
[ -x .venv/bin/pip ] && need=100
free=$(df -Pm . | awk 'NR == 2 { print $4 }')
[ "$free" -ge "$need" ] || refuse "Only $free MB are free here; $need MB are needed. Make room and start again."

if [ -n "$PORT" ]; then
    "$python" - "$PORT" <<'PYTHON' || exit 1
import socket, sys

port = int(sys.argv[1])
with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", port))
    except OSError as error:
        sys.exit(f"Port {port} can't be used ({error.strerror}). Take another: make demo PORT={port + 1}")
PYTHON
fi
echo "1. $("$python" -V), $free MB free${PORT:+, port $PORT free}"

# Steps that make has no work for are counted all the same, so that the numbers go on.
[ -x .venv/bin/pip ] && echo "2. Virtual environment in .venv: there"
stamp=.venv/installed-run
if [ -n "$PORT" ] && [ "$stamp" -nt requirements/run.txt ] && [ "$stamp" -nt pyproject.toml ]; then
    echo "3. Packages of requirements/run.txt: installed before"
fi
exit 0
