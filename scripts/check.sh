#!/usr/bin/env bash
# All that `make test` and continuous integration prove. The last line is pytest's summary.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/browser.sh
scripts/lint.sh
exec scripts/test.sh
