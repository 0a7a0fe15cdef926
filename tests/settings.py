"""The product's settings, in a data folder of the tests' own: nothing here may touch a demo's data."""

import os
from pathlib import Path

os.environ.setdefault("TINHSO_MODE", "test")
os.environ.setdefault("TINHSO_VAR", str(Path(__file__).resolve().parents[1] / "var" / "test"))

from tinhso.settings.django import *  # noqa: E402, F403
