"""``tinhso payments`` reconciles and gives back."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.db.test_payments_statements import HEAD, line
from tests.payments_kit import AT, BANK, SYSTEM, hear, later, new_bill, report
from tinhso.cli.payments import command
from tinhso.payments import queries
from tinhso.payments.actions.cancel_bill import cancel_bill
from tinhso.people.queries import OfficerMissing

pytestmark = pytest.mark.django_db


def test_a_statement_is_booked_once_and_every_line_is_told(tmp_path: Path) -> None:
    bill = new_bill()
    file = tmp_path / "statement.csv"
    file.write_text("\n".join([HEAD, line(bill, "FT1")]), encoding="utf-8")

    first = CliRunner().invoke(command, ["import-statement", BANK, str(file)])
    second = CliRunner().invoke(command, ["import-statement", BANK, str(file), "--json"])

    assert first.exit_code == 0, first.output
    assert json.loads(first.output.splitlines()[-1]) == {"matched": 1}
    assert json.loads(second.output)["summary"] == {"duplicate": 1}
    assert queries.access_bill(actor=SYSTEM, bill_id=bill.id).is_paid


def test_what_is_due_back_is_listed_and_sent_only_by_a_known_officer() -> None:
    bill = new_bill()
    cancel_bill(actor=SYSTEM, at=AT, bill_id=bill.id)
    hear(report(bill), at=later(minutes=1))

    (due,) = json.loads(CliRunner().invoke(command, ["refunds", "--json"]).output)
    assert (due["bill"], due["amount"]) == (bill.reference, bill.total)

    sent = CliRunner().invoke(command, ["send-refund", due["id"], "--officer", "khong.co"])
    assert isinstance(sent.exception, OfficerMissing)
    assert json.loads(CliRunner().invoke(command, ["refunds", "--json"]).output) == [due]
