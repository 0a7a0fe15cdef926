#!/usr/bin/env bash
# All tests but Spark's (scripts/spark.sh), in two processes with a database each. The last line is pytest's summary.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"

exec pytest --numprocesses "${TEST_PROCESSES:-2}" --dist loadfile --no-loadscope-reorder --ignore tests/db/test_facts_spark.py "$@"
