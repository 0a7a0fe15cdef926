"""Processes of pages read figures that were counted, and load nothing that counts."""

import subprocess
import sys

ENGINES = ("duckdb", "pyspark")
LOADS = f"""
import sys
import django

django.setup()
import tinhso.web.urls
import tinhso.api.v1.urls

print([name for name in {ENGINES!r} if name in sys.modules])
"""


def test_a_process_of_pages_has_no_engine_in_it() -> None:
    said = subprocess.run(
        [sys.executable, "-c", LOADS], capture_output=True, text=True, timeout=120, check=True
    )
    assert said.stdout.splitlines()[-1] == "[]"
