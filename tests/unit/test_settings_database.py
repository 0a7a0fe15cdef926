"""Where the database is said to be, and what is asked of its driver."""

import pytest

from tinhso.settings.database import connection_settings
from tinhso.settings.env import Environment


@pytest.mark.parametrize(
    ("query", "threshold"),
    [("", 2), ("?prepare_threshold=0", None), ("?prepare_threshold=5", 5), ("?sslmode=verify-full", 2)],
)
def test_a_pooler_that_knows_no_prepared_statements_can_do_without(query: str, threshold: int | None) -> None:
    env = Environment(database_url=f"postgresql://ha:bi%20mat@db:5432/tinhso{query}")

    told = connection_settings(env)

    assert told["OPTIONS"]["prepare_threshold"] == threshold
    assert (told["HOST"], told["PASSWORD"], told["NAME"]) == ("db", "bi mat", "tinhso")
    assert told["OPTIONS"].get("sslmode") == ("verify-full" if "sslmode" in query else None)
