"""``tinhso people``: officers' accounts, for the operator of an installation."""

import json
from datetime import timedelta
from typing import Any

import click

from tinhso.cli import _django
from tinhso.kernel import clock


@click.group()
def command() -> None:
    """Officers: accounts, one-time codes, tokens for machines."""


@command.command("create-officer")
@click.argument("username")
@click.option("--full-name", required=True, help="As it stands on documents.")
@click.option("--email", default="", help="Where they are told of work; theirs to change.")
@click.option("--agency", "agency_code", default="", help="National code of the agency; with --role.")
@click.option("--role", default="", help="Of packs/vietnam/roles.yaml, e.g. one_stop.")
@click.option("--title", default="", help="What stands under a signature; default: the role's name.")
@click.option(
    "--password",
    prompt=True,
    hide_input=True,
    confirmation_prompt=True,
    envvar="TINHSO_OFFICER_PASSWORD",
    help="Asked for, or from TINHSO_OFFICER_PASSWORD; do not write it on the command line.",
)
@click.option("--json", "as_json", is_flag=True, help="For machines: one JSON object.")
def create_officer(as_json: bool, agency_code: str, role: str, title: str, **account: Any) -> None:
    """Make an officer's account; the one-time code is set up at the first sign-in."""
    if bool(agency_code) != bool(role):
        raise click.ClickException("Hãy cho cả --agency và --role, hoặc không cho cái nào.")
    actions = _django.load("tinhso.people.actions")
    queries = _django.load("tinhso.people.queries")
    transaction = _django.load("django.db.transaction")
    operator, at = _operator(), clock.now()
    with transaction.atomic():
        account_id = actions.enrol_officer(actor=operator, at=at, **account)
        if role:
            actions.appoint(
                actor=operator,
                at=at,
                account_id=account_id,
                agency_id=queries.agency_by_code(agency_code).id,
                role=role,
                title=title or _name_of(role),
            )
    _answer(as_json, str(account_id), username=account["username"], account_id=str(account_id))


@command.command("reset-totp")
@click.argument("username")
@click.option("--json", "as_json", is_flag=True, help="For machines: one JSON object.")
def reset_totp(username: str, as_json: bool) -> None:
    """Take an officer's one-time code away; the next sign-in sets up a new one."""
    actions = _django.load("tinhso.people.actions")
    account_id = _officer(username)
    actions.reset_second_factor(actor=_operator(), at=clock.now(), account_id=account_id)
    _answer(as_json, username, username=username, account_id=str(account_id))


@command.command("close")
@click.argument("username")
@click.option("--json", "as_json", is_flag=True, help="For machines: one JSON object.")
def close(username: str, as_json: bool) -> None:
    """Let nobody sign in with an officer's account any more."""
    actions = _django.load("tinhso.people.actions")
    account_id = _officer(username)
    actions.close_account(actor=_operator(), at=clock.now(), account_id=account_id)
    _answer(as_json, username, username=username, account_id=str(account_id))


@command.command("issue-token")
@click.argument("username")
@click.option("--name", required=True, help="What the machine is, e.g. «Cổng báo cáo».")
@click.option("--scope", type=click.Choice(["read", "write"]), default="read", show_default=True)
@click.option(
    "--days", type=click.IntRange(1, 366), default=90, show_default=True, help="How long it is good."
)
@click.option(
    "--post", "post_ids", multiple=True, type=click.UUID, help="A post's id; default: all held now."
)
@click.option("--json", "as_json", is_flag=True, help="For machines: one JSON object.")
def issue_token(username: str, as_json: bool, days: int, **token: Any) -> None:
    """Make a token with which a machine acts from an officer's posts; its secret is shown this once."""
    actions = _django.load("tinhso.people.actions")
    at = clock.now()
    issued = actions.issue_api_token(
        actor=_operator(),
        at=at,
        account_id=_officer(username),
        expires_at=at + timedelta(days=days),
        **token,
    )
    _answer(
        as_json,
        issued.secret,
        username=username,
        prefix=issued.prefix,
        token=issued.secret,
        expires_at=issued.expires_at.isoformat(),
    )


@command.command("revoke-token")
@click.argument("prefix")
@click.option("--json", "as_json", is_flag=True, help="For machines: one JSON object.")
def revoke_token(prefix: str, as_json: bool) -> None:
    """Let a token open nothing any more; PREFIX is its first letters, «tinhso_…»."""
    actions = _django.load("tinhso.people.actions")
    token_id = actions.revoke_api_token(actor=_operator(), at=clock.now(), prefix=prefix)
    _answer(as_json, prefix, prefix=prefix, token_id=str(token_id))


def _operator() -> Any:
    return _django.load("tinhso.people.types").system("command line")


def _officer(username: str) -> Any:
    return _django.load("tinhso.people.queries").officer_by_username(username)


def _name_of(role: str) -> str:
    packs = _django.load("tinhso.definitions.packs").packs_folder()
    roles = _django.load("tinhso.definitions.roles").load_roles(packs)
    return next((str(known.name.vi) for known in roles if known.id == role), role)


def _answer(as_json: bool, line: str, **facts: str) -> None:
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else line)
