"""A bank statement settles what the callbacks left open, and says what became of each line."""

import pytest

from tests.payments_kit import AT, BANK, SYSTEM, TOTAL, citizen, everything, hear, new_bill, officer, report
from tinhso.payments import queries
from tinhso.payments.actions.import_statement import import_statement
from tinhso.payments.policies import RoleMissing
from tinhso.payments.statements import UnreadableStatement
from tinhso.payments.states import BillState
from tinhso.payments.types import BillView, StatementReport
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
HEAD = "transaction_id,received_at,account,amount,purpose"


def take(*lines: str, actor: Actor = SYSTEM) -> StatementReport:
    return import_statement(actor=actor, at=AT, bank=BANK, content="\n".join([HEAD, *lines]).encode())


def line(bill: BillView, number: str, amount: object = TOTAL, **changes: str) -> str:
    cells = {
        "id": number,
        "at": AT.isoformat(),
        "account": bill.account.number,
        "amount": f'"{amount}"',
        "purpose": f'"{bill.reference}, le phi"',
    }
    return ",".join((cells | changes).values())


def test_a_line_that_no_callback_told_of_pays_its_bill() -> None:
    bill = new_bill()
    (told,) = take(line(bill, "S1"), actor=officer("system_operator")).lines
    assert (told.number, told.result, told.reference) == (2, "matched", bill.reference)
    assert queries.access_bill(actor=SYSTEM, bill_id=bill.id).state is BillState.PAID


def test_each_line_is_told_apart_with_its_reason() -> None:
    bill, other = new_bill(), new_bill()
    body = report(bill)
    hear(body)
    told = take(
        line(bill, body["transaction_id"]),
        line(bill, body["transaction_id"], amount=1),
        line(other, "S2", amount="4.000"),
        line(other, "S3", purpose="an trua"),
        line(other, "S4", amount="-5.000"),
        line(other, "S5", amount="12,5"),
        line(other, "S6", at="21/11/2026"),
        line(other, "", amount=1),
        "S8",
    )
    assert [entry.result for entry in told.lines] == [
        "duplicate",
        "contradiction",
        "matched",
        "unmatched",
        "not_a_credit",
        "unreadable",
        "unreadable",
        "unreadable",
        "unreadable",
    ]
    assert all(entry.reason for entry in told.lines)
    assert "thiếu" in told.lines[2].reason
    assert told.count("unreadable") == 4
    assert queries.access_bill(actor=SYSTEM, bill_id=bill.id).received == TOTAL
    assert queries.access_bill(actor=SYSTEM, bill_id=other.id).missing == 6_000


def test_the_same_statement_twice_changes_nothing() -> None:
    bill = new_bill()
    lines = [line(bill, "S1", amount=4_000), line(bill, "S2", amount=7_000), line(bill, "S3", purpose="?")]
    take(*lines)
    before = everything()
    assert take(*lines).count("duplicate") == 3
    assert everything() == before


def test_a_byte_order_mark_and_other_columns_in_another_order_are_read() -> None:
    bill = new_bill()
    text = (
        "\ufeffamount,branch,purpose,account,transaction_id,received_at\r\n"
        f"10000,QN,{bill.reference},{bill.account.number},S1,{AT.isoformat()}\r\n"
    )
    report = import_statement(actor=SYSTEM, at=AT, bank=BANK, content=text.encode())
    assert report.count("matched") == 1


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00",
        b"",
        b"transaction_id;amount\n1;2",
        HEAD.encode() + b"\n\x00",
        HEAD.encode() + b'\n"broken',
        b"x" * 5_000_001,
    ],
    ids=["not UTF-8", "empty", "other columns", "binary", "open quote", "too large"],
)
def test_a_file_that_is_no_statement_is_refused_whole(content: bytes) -> None:
    before = everything()
    with pytest.raises(UnreadableStatement) as refusal:
        import_statement(actor=SYSTEM, at=AT, bank=BANK, content=content)
    assert "CSV" in refusal.value.sentence()
    assert everything() == before


@pytest.mark.parametrize("actor", [citizen(), officer("one_stop")])
def test_only_who_reconciles_may_bring_a_statement(actor: Actor) -> None:
    bill = new_bill()
    before = everything()
    with pytest.raises(RoleMissing):
        take(line(bill, "S1"), actor=actor)
    with pytest.raises(RoleMissing):
        queries.unmatched_credits(actor=actor)
    assert everything() == before
