#!/usr/bin/env bash
# Everything that can be said of the source without running it.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"

ruff check .
ruff format --check .
mypy
lint-imports
if [ -f src/tinhso/cli/check.py ]; then
  tinhso check packs/
fi
