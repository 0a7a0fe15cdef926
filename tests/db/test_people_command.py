"""``tinhso people``: the operator's commands."""

import json
from uuid import UUID

import pytest
from click.testing import CliRunner

from tests.people_kit import AT, PASSWORD, actor, agency, officer
from tinhso.cli.people import command
from tinhso.kernel.refusals import NotFound, Refusal
from tinhso.people import queries
from tinhso.people.actions.enrol import UsernameTaken
from tinhso.people.models import Account, Agency

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    result = CliRunner().invoke(command, arguments, env={"TINHSO_OFFICER_PASSWORD": PASSWORD})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output.splitlines()[-1]


def test_an_officer_is_made_with_a_post_in_one_command() -> None:
    code = Agency.objects.get(pk=agency()).code

    line = run(
        "create-officer", "lan", "--full-name", "Lan", "--agency", code, "--role", "one_stop", "--json"
    )

    account_id = UUID(json.loads(line)["account_id"])
    (post,) = queries.posts_of(account_id, at=AT.replace(year=2100))
    assert (post.role, post.agency_id) == ("one_stop", agency())
    assert not Account.objects.get().authenticator_set.exists()


def test_a_wrong_role_makes_no_officer() -> None:
    code = Agency.objects.get(pk=agency()).code

    with pytest.raises(Refusal, match="king"):
        run("create-officer", "lan", "--full-name", "Lan", "--agency", code, "--role", "king")

    assert Account.objects.count() == 0


def test_a_taken_name_is_refused() -> None:
    officer("lan")

    with pytest.raises(UsernameTaken):
        run("create-officer", "lan", "--full-name", "Lan")


def test_a_code_is_reset_and_an_account_closed() -> None:
    lan = officer("lan")

    assert run("reset-totp", "lan") == "lan"
    assert not Account.objects.get(pk=lan).authenticator_set.exists()
    run("close", "lan")
    with pytest.raises(NotFound):
        actor(lan)


def test_nobody_is_no_officer() -> None:
    with pytest.raises(queries.OfficerMissing, match="ai-do"):
        run("reset-totp", "ai-do")
