#!/usr/bin/env bash
# Make sure that the browser tests have a Chromium: the system's, else Playwright's own download.
set -euo pipefail
cd "$(dirname "$0")/.."

own_copy() {
  .venv/bin/python -c 'import os, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not os.path.exists(playwright.chromium.executable_path))' 2>/dev/null
}

for name in chromium-headless-shell chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null && exit 0
done
own_copy && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  # The one without windows is smaller and quicker; not every release has it.
  for name in chromium-headless-shell chromium; do
    apt-get install -y -qq "$name" >/dev/null && command -v "$name" >/dev/null && exit 0
  done
fi
.venv/bin/python -m playwright install chromium && own_copy && exit 0
echo "The browser tests need Chromium: install it (Debian: apt install chromium), then call 'make test' again." >&2
exit 2
