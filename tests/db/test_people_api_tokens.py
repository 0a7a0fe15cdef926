"""Tokens for machines: an officer's posts, a scope, an end."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from tests.people_kit import AT, SYSTEM, actor, agency, citizen, officer
from tinhso.cli.people import command
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotAllowed, NotFound, Refusal
from tinhso.people import actions, queries
from tinhso.people.actions.api_tokens import IssuedToken, LifeTooLong, PostsMissing, ScopeUnknown
from tinhso.people.models import ApiToken

pytestmark = pytest.mark.django_db
UNTIL = AT + timedelta(days=30)
NOBODY = "00000000-0000-7000-8000-000000000000"


def issue(username: str = "lan", **changes: object) -> IssuedToken:
    asked = {"name": "Cổng báo cáo", "expires_at": UNTIL, "account_id": None} | changes
    asked["account_id"] = asked["account_id"] or officer(username)
    return actions.issue_api_token(actor=SYSTEM, at=AT, **asked)  # type: ignore[arg-type]


def test_a_token_acts_from_the_posts_it_was_given_and_from_no_later_one() -> None:
    lan = officer("lan")
    token = issue(account_id=lan, scope="write")
    elsewhere = agency(unit="06685", name="UBND phường Hồng Gai")
    actions.appoint(
        actor=SYSTEM,
        at=AT,
        account_id=lan,
        agency_id=elsewhere,
        role="one_stop",
        title="x",
        from_on=AT.date(),
    )

    holder = queries.actor_of_token(token.secret, at=AT)

    assert holder.may_write
    assert holder.actor.agency_ids == {agency()}
    assert actor(lan).agency_ids == {agency(), elsewhere}


def test_a_token_loses_what_its_officer_loses() -> None:
    lan = officer("lan")
    token = issue(account_id=lan)
    (post,) = queries.posts_of(lan, at=AT)
    actions.end_post(actor=SYSTEM, at=AT, post_id=post.id)
    assert queries.actor_of_token(token.secret, at=AT + timedelta(seconds=1)).actor.posts == ()

    actions.close_account(actor=SYSTEM, at=AT, account_id=lan)
    with pytest.raises(queries.TokenNotValid):
        queries.actor_of_token(token.secret, at=AT)


def test_only_a_fingerprint_is_kept() -> None:
    token = issue()
    row = ApiToken.objects.get()
    assert token.secret not in [str(value) for value in vars(row).values()]
    assert token.secret.startswith(row.prefix)
    assert len(row.sha256) == 64
    assert token.secret not in json.dumps(list(LedgerEntry.objects.values_list("payload", flat=True)))


def test_a_token_that_is_over_revoked_or_guessed_opens_nothing() -> None:
    token = issue()
    with pytest.raises(queries.TokenNotValid):
        queries.actor_of_token(token.secret, at=UNTIL)
    with pytest.raises(queries.TokenNotValid):
        queries.actor_of_token(token.secret + "x", at=AT)
    actions.revoke_api_token(actor=SYSTEM, at=AT, prefix=token.prefix)
    with pytest.raises(queries.TokenNotValid):
        queries.actor_of_token(token.secret, at=AT)
    actions.revoke_api_token(actor=SYSTEM, at=UNTIL, prefix=token.prefix)
    assert ApiToken.objects.get().revoked_at == AT
    assert LedgerEntry.objects.filter(kind="people.api_token_revoked").count() == 1


def test_nobody_but_an_operator_makes_or_takes_one() -> None:
    lan = officer("lan")
    operator = actor(officer("son", role="system_operator"))
    with pytest.raises(NotAllowed):
        actions.issue_api_token(actor=actor(lan), at=AT, account_id=lan, name="x", expires_at=UNTIL)
    assert not ApiToken.objects.exists()
    made = actions.issue_api_token(actor=operator, at=AT, account_id=lan, name="x", expires_at=UNTIL)
    with pytest.raises(NotAllowed):
        actions.revoke_api_token(actor=actor(lan), at=AT, prefix=made.prefix)
    assert ApiToken.objects.get().revoked_at is None


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"scope": "sign"}, ScopeUnknown),
        ({"expires_at": AT}, LifeTooLong),
        ({"expires_at": AT + timedelta(days=400)}, LifeTooLong),
        ({"post_ids": [NOBODY]}, PostsMissing),
        ({"account_id": NOBODY}, NotFound),
    ],
)
def test_a_token_that_makes_no_sense_is_not_made(changes: dict[str, object], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        issue(**changes)
    assert not ApiToken.objects.exists()


def test_a_citizen_gets_no_token() -> None:
    with pytest.raises(NotFound):
        issue(account_id=citizen().account_id)


def test_the_command_line_makes_one_and_takes_it_back() -> None:
    officer("lan")
    made = CliRunner().invoke(
        command, ["issue-token", "lan", "--name", "Cổng", "--days", "7", "--json"], catch_exceptions=False
    )
    told = json.loads(made.output.splitlines()[-1])
    assert queries.actor_of_token(told["token"], at=ApiToken.objects.get().issued_at).may_write is False
    gone = CliRunner().invoke(command, ["revoke-token", told["prefix"]], catch_exceptions=False)
    assert gone.output.splitlines()[-1] == told["prefix"]
    assert ApiToken.objects.get().revoked_at is not None
