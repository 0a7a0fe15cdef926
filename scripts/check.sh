#!/usr/bin/env bash
# All that `make test` and continuous integration prove. The last line is pytest's summary.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/browser.sh

# The source checks run beside the tests, which often wait for a page. What they find is said at once.
said="$(mktemp)"
trap 'rm -f "$said"' EXIT
{ scripts/lint.sh >"$said" 2>&1 || { cat "$said" >&2; exit 1; }; } &
checks=$!

outcome=0
scripts/test.sh || outcome=$?
if ! wait "$checks"; then
  cat "$said" >&2
  echo "The source checks failed: see above, or run make lint." >&2
  exit 1
fi
exit "$outcome"
