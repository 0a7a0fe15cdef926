"""Reports by programs: what the pages do, with the same rights."""

import pytest

from tests import reports_kit as kit
from tests.api_kit import Caller
from tests.dossiers_kit import Province
from tests.reports_kit import FIRST, clerk, return_of, runner

pytestmark = pytest.mark.django_db


def test_a_program_opens_a_period_and_fills_in_a_return(province: Province) -> None:
    central = Caller(runner(province))
    made = central.send("/report-rounds", {"report": kit.REPORT, "period": kit.PERIOD})
    assert made.status_code == 201
    round_id = made.json()["id"]
    assert [one["id"] for one in central.read("/report-rounds")["items"]] == [round_id]
    assert {one["id"] for one in central.read("/reports")["items"]} >= {kit.REPORT, "one-stop"}
    whole = central.read(f"/report-rounds/{round_id}")
    assert (whole["asked"], len(whole["missing"]), whole["values"][0]["number"]) == (54, 54, None)
    counts = central.read("/reports/one-stop?period=2026-08")
    assert (counts["period"]["last"], counts["total"]["received"]) == ("2026-08-14", 0)
    assert central.ask("GET", "/reports/one-stop?period=2026-13").status_code == 422

    unit = Caller(clerk(province))
    path = f"/report-returns/{return_of(round_id).pk}"
    lines = {"revision": 1, "lines": FIRST | {"helped_online": "1200"}}
    assert unit.ask("PUT", f"{path}/lines", lines).json() == {"revision": 2}
    assert unit.ask("PUT", f"{path}/lines", lines).status_code == 409
    wrong = unit.ask("PUT", f"{path}/lines", {"revision": 2, "lines": {"teams": "ba"}})
    assert (wrong.status_code, wrong.json()["type"]) == (422, "/problems/report-lines-wrong")
    told = {one["line"]: one["number"] for one in unit.read(path)["values"]}
    assert (told["helped"], told["trained_rate"]) == ("1234", "90.0")
    assert unit.ask("GET", "/reports/one-stop?period=2026-08").status_code == 403
