#!/usr/bin/env bash
# Lock every dependency, direct or not, by version and hash, for Linux and macOS and Python 3.11 to 3.13.
set -euo pipefail
cd "$(dirname "$0")/.."

UV_VERSION=0.13.9
python=.venv/bin/python
$python -m uv --version >/dev/null 2>&1 || $python -m pip install --quiet "uv==$UV_VERSION"

compile() {
  # No configuration of the machine at hand may show in a lock: neither its indexes nor its folders.
  env -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS "$python" -m uv --no-config pip compile --quiet --upgrade \
    --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-package tinhso \
    "$@"
}

compile pyproject.toml --output-file requirements/app.lock
compile pyproject.toml --constraint requirements/app.lock --extra sandbox --extra test --extra build --output-file requirements/dev.lock

# Spark comes as source only and is large: it is no part of what everybody installs.
compile - --constraint requirements/dev.lock --output-file requirements/spark.lock <<<pyspark

if grep -nE '://|^-|file:|(^|[[:space:]])[./]' requirements/*.lock | grep -v -- '--hash=sha256:'; then
  echo "A lock names a host or a folder; see the lines above." >&2
  exit 2
fi
echo "Locked $(grep -c == requirements/app.lock) packages for the product, $(grep -c == requirements/dev.lock) with sandbox and tests."
