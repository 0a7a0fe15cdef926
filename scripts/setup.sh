#!/usr/bin/env bash
# Make .venv with exactly what requirements/dev.lock names. Does nothing when that has been done already.
set -euo pipefail
cd "$(dirname "$0")/.."

is_good() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; }

find_python() {
  local candidate
  for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    if command -v "$candidate" >/dev/null && is_good "$candidate"; then
      echo "$candidate"
      return
    fi
  done
  echo "Tỉnh Số needs Python 3.11, 3.12 or 3.13: install one, or name it with 'make PYTHON=/path/to/python3.12 …'." >&2
  exit 2
}

make_environment() {
  "$1" -m venv --clear .venv 2>/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null && "$1" -m venv --clear .venv && return
  fi
  echo "Python cannot make a virtual environment: install its 'venv' part (Debian: apt install python3-venv)." >&2
  exit 2
}

fingerprint() {
  "$1" -c 'import hashlib, sys; print(hashlib.sha256(b"\0".join(open(p, "rb").read() for p in sys.argv[1:])).hexdigest())' \
    requirements/dev.lock pyproject.toml
}

if [ -x .venv/bin/python ] && [ "$(cat .venv/.locked 2>/dev/null)" = "$(fingerprint .venv/bin/python)" ]; then
  exit 0
fi
if [ ! -x .venv/bin/python ] || ! is_good .venv/bin/python; then
  make_environment "$(find_python)"
fi
echo "Installing the locked dependencies into .venv …"
pip=(.venv/bin/python -m pip --quiet --disable-pip-version-check)
"${pip[@]}" install --require-hashes --only-binary :all: --requirement requirements/dev.lock
"${pip[@]}" install --no-deps --no-build-isolation --editable .
fingerprint .venv/bin/python >.venv/.locked
