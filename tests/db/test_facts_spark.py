"""
DuckDB and Spark count the same: every indicator, over files and what changed since, in every division.

Run by ``scripts/spark.sh``, which brings Spark and names a small cluster on this machine. By hand:

    TINHSO_TEST_SPARK_MASTER="local[2]" pytest -q -n0 tests/db/test_facts_spark.py
"""

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests import agencies_kit
from tests.facts_kit import at, decided
from tests.small_province_kit import first_commune, second_commune
from tinhso.facts.actions.project import project_all
from tinhso.facts.actions.write_files import write_files
from tinhso.facts.engines import engine
from tinhso.facts.snapshots import snapshot
from tinhso.indicators.definitions import indicators
from tinhso.indicators.figures import Asking
from tinhso.indicators.formulas import Period

MASTER = os.environ.get("TINHSO_TEST_SPARK_MASTER", "")
if not MASTER:
    # Three programs of Java a test: only who names a master has them started.
    pytest.skip("name a master in TINHSO_TEST_SPARK_MASTER, e.g. local[2]", allow_module_level=True)
pyspark = pytest.importorskip("pyspark", reason="pip install tinhso[spark]")
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AUGUST = Period.month(2026, 8)
NOW = at("2026-09-10")


@pytest.fixture
def _cluster(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    found = importlib.util.find_spec("pyspark")
    assert found is not None
    assert found.origin is not None
    monkeypatch.setenv("SPARK_HOME", str(Path(found.origin).parent))
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    monkeypatch.delenv("PYTHONSTARTUP", raising=False)
    settings.TINHSO = settings.TINHSO.model_copy(update={"spark_master": MASTER})
    yield
    session = pyspark.sql.SparkSession.getActiveSession()
    if session is not None:
        session.stop()


@pytest.mark.usefixtures("_cluster")
def test_every_indicator_is_the_same_in_duckdb_and_in_spark() -> None:
    agencies_kit.load(NOW)
    first_commune()
    decided("july", "2026-07-01", "2026-08-02", due="2026-07-03")
    project_all(at=NOW)
    write_files()
    # The second commune is live only; of the first one changes after it was written to a file.
    second_commune()
    decided("july", "2026-07-01", "2026-08-05", due="2026-07-03")
    project_all(at=NOW)

    asked = [one for one in indicators().values() if one.manual is None]
    with snapshot() as facts, engine(facts, name="duckdb") as duck, engine(facts, name="spark") as spark:
        assert facts.parts["dossiers"].files
        assert facts.parts["dossiers"].live_months
        for one in asked:
            here = Asking(duck, facts.checkpoint, AUGUST, one.dimensions).series(one)
            there = Asking(spark, facts.checkpoint, AUGUST, one.dimensions).series(one)
            assert here.figures, one.id
            assert here.figures == there.figures, one.id
    assert len(asked) >= 19
