#!/usr/bin/env bash
# All that `make test` and continuous integration prove. The last line is pytest's summary.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/browser.sh

# The source checks, and then Spark, run beside the tests, which often wait for a page. What they find is said at once.
said="$(mktemp)"
trap 'rm -f "$said"' EXIT
{ { scripts/lint.sh && scripts/spark.sh; } >"$said" 2>&1 || { cat "$said" >&2; exit 1; }; grep "^Spark needs" "$said" >&2 || true; } &
checks=$!

outcome=0
scripts/test.sh || outcome=$?
if ! wait "$checks"; then
  cat "$said" >&2
  echo "The source checks or Spark failed: see above, or run make lint and scripts/spark.sh." >&2
  exit 1
fi
exit "$outcome"
