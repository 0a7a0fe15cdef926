#!/usr/bin/env bash
# Spark counts what DuckDB counts: a small cluster on this machine, each part of it a program of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"

if ! java -version >/dev/null 2>&1; then
  echo "Spark needs Java 17 (Debian: apt install openjdk-17-jre-headless); without it, it was not compared with DuckDB." >&2
  [ -z "${CI:-}" ]
  exit
fi

# Half a gigabyte that only this needs: beside the environment, not in it.
place=.venv/spark
if ! cmp -s requirements/spark.lock "$place.lock"; then
  rm -rf "$place"
  python -m pip --quiet --disable-pip-version-check install --require-hashes --target "$place" -r requirements/spark.lock
  cp requirements/spark.lock "$place.lock"
fi

PYTHONPATH="$place" TINHSO_TEST_SPARK_MASTER="local-cluster[2,1,1024]" pytest -q -n0 tests/db/test_facts_spark.py
