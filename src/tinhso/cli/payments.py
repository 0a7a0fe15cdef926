"""``tinhso payments``: reconcile with the bank, make receipts, and send back what is due."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from tinhso.cli import _django
from tinhso.kernel import clock

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="For machines: one JSON object.")


@click.group()
def command() -> None:
    """Bank statements, the daily comparison, electronic receipts, refunds."""


@command.command("import-statement")
@click.argument("bank")
@click.argument("file", type=EXISTING)
@AS_JSON
def import_statement(bank: str, file: Path, as_json: bool) -> None:
    """Book the credits of the CSV FILE of BANK (its BIN) that are not known yet; twice changes nothing."""
    actions = _django.load("tinhso.bookkeeping.actions.take_statement")
    report = actions.take_statement(actor=_reconciler(), at=clock.now(), bank=bank, content=file.read_bytes())
    told = [
        {"line": line.number, "result": line.result, "reason": line.reason, "reference": line.reference}
        for line in report.lines
    ]
    if not as_json:
        for line in told:
            click.echo("{line}  {result}  {reference}  {reason}".format(**line))
    summary = {result: report.count(result) for result in sorted({line.result for line in report.lines})}
    click.echo(json.dumps({"lines": told, "summary": summary} if as_json else summary, ensure_ascii=False))


@command.command()
@click.argument("agency")
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
@AS_JSON
def compare(agency: str, day: datetime, as_json: bool) -> None:
    """Compare the books of AGENCY (its code) on DAY with bank, platform, terminals, tills and receipts."""
    agency_id = _django.load("tinhso.people.queries").agency_by_code(agency).id
    actions = _django.load("tinhso.bookkeeping.actions.compare_day")
    found = actions.compare_day(actor=_reconciler(), at=clock.now(), agency_id=agency_id, day=day.date())
    told = [
        {
            "channel": str(one.channel),
            "booked": one.booked_sum,
            "told": one.told_sum if one.is_told else None,
            "differences": [
                {"kind": str(it.kind), "state": str(it.state), "amount": it.amount, "what": it.sentence}
                for it in one.differences
            ],
        }
        for one in found
    ]
    if not as_json:
        for one in told:
            click.echo("{channel}  {booked}  {told}".format(**one))
            for it in one["differences"]:
                click.echo("    {state}  {kind}  {amount}  {what}".format(**it))
    summary = {"open": sum(one.open_count for one in found)}
    click.echo(json.dumps({"channels": told, "summary": summary} if as_json else summary, ensure_ascii=False))


@command.command("issue-receipts")
def issue_receipts() -> None:
    """Make the electronic receipts that are owed and could not be made before."""
    queries = _django.load("tinhso.bookkeeping.queries")
    actions = _django.load("tinhso.bookkeeping.actions.issue_receipt")
    at, actor = clock.now(), _reconciler()
    owed = queries.owed(before=at)
    made = [actions.try_to_issue(actor=actor, at=at, duty_id=duty.pk) for duty in owed]
    click.echo(f"{sum(one is not None for one in made)}/{len(owed)}")


@command.command()
@AS_JSON
def refunds(as_json: bool) -> None:
    """List the sums due back that have not been made, the longest waiting first."""
    queries = _django.load("tinhso.payments.queries")
    due = [
        {"id": str(one.id), "bill": one.bill_reference, "amount": one.amount, "state": str(one.state)}
        for one in queries.open_refunds(actor=_reconciler())
    ]
    if as_json:
        click.echo(json.dumps(due))
        return
    for one in due:
        click.echo("{id}  {bill}  {amount}  {state}".format(**one))
    click.echo(str(len(due)))


@command.command("send-refund")
@click.argument("refund", type=click.UUID)
@click.option("--officer", required=True, help="User name of the officer who decides; their role is checked.")
def send_refund(refund: UUID, officer: str) -> None:
    """Ask the bank to send the sum of REFUND back, or ask again after a failure."""
    people = _django.load("tinhso.people.queries")
    at = clock.now()
    actor = people.actor_of(people.officer_by_username(officer), at=at)
    actions = _django.load("tinhso.payments.actions.request_refund")
    click.echo(str(actions.request_refund(actor=actor, at=at, refund_id=refund).state))


def _reconciler() -> Any:
    """Return the system as the one who reconciles: whoever runs this has the machine."""
    return _django.load("tinhso.people.types").system("reconciliation")
