"""The product's settings, in a data folder of the tests' own: nothing here may touch a demo's data."""

import gc
import os
from pathlib import Path

os.environ.setdefault("TINHSO_MODE", "test")
os.environ.setdefault("TINHSO_VAR", str(Path(__file__).resolve().parents[1] / "var" / "test"))

# Every act of a dossier would be noted for the portal; tests of the exchange connect themselves.
os.environ.setdefault("TINHSO_NATIONAL_PORTAL_URL", "")
os.environ.setdefault("TINHSO_POPULATION_URL", "")

from tinhso.settings.django import *  # noqa: F403

# A connection kept open by a worker's thread would hold up the removal of the test database.
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405

# Slow hashing is the point in production and only costs time here.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Tests read the files where they lie; only tests/perf collects them as an installation does.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405

# A fifth of the processor's time went into looking for rubbish among what stays to the end.
gc.set_threshold(50_000, 20, 20)
