"""Posts and substitutes: what an officer may act as, and when."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from tests.people_kit import AT, PASSWORD, SYSTEM, actor, agency, citizen, officer
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.people import actions, queries
from tinhso.people.actions.enrol import PasswordTooWeak, SecretMalformed, UsernameTaken
from tinhso.people.actions.posts import PostHeldAlready, RoleUnknown
from tinhso.people.actions.substitute import SubstitutedAlready, SubstitutionMalformed
from tinhso.people.models import Account, Agency, Post, Substitution

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def post_of(account_id: UUID) -> UUID:
    return Post.objects.get(account_id=account_id).pk


def stand_in(post_id: UUID, substitute: UUID, *, start: datetime = AT, length: timedelta = 8 * HOUR) -> UUID:
    return actions.substitute(
        actor=SYSTEM,
        at=AT,
        post_id=post_id,
        substitute_account_id=substitute,
        from_at=start,
        until_at=start + length,
        reason="Nghỉ phép",
    )


def test_an_officer_holds_several_posts_at_once() -> None:
    lan = officer("lan")
    other = agency(unit="06673", name="UBND phường Bãi Cháy")
    actions.appoint(actor=SYSTEM, at=AT, account_id=lan, agency_id=other, role="leader", title="Lãnh đạo")

    posts = actor(lan).posts

    assert {(post.role, post.agency_id) for post in posts} == {("one_stop", agency()), ("leader", other)}
    assert actor(lan).post_with(role="leader", agency_id=agency()) is None


@pytest.mark.parametrize(
    ("day", "held"),
    [(date(2026, 2, 28), 0), (date(2026, 3, 1), 1), (date(2026, 3, 31), 1), (date(2026, 4, 1), 0)],
)
def test_a_post_counts_on_its_first_and_last_day(day: date, held: int) -> None:
    lan = officer("lan", from_on=date(2026, 3, 1), until_on=date(2026, 3, 31))

    at = datetime(day.year, day.month, day.day, 3, tzinfo=AT.tzinfo)

    assert len(actor(lan, at=at).posts) == held


def test_the_day_of_a_post_is_the_vietnamese_day() -> None:
    lan = officer("lan", from_on=date(2026, 3, 1))

    before_midnight = datetime(2026, 2, 28, 16, 59, tzinfo=AT.tzinfo)

    assert not actor(lan, at=before_midnight).posts
    assert actor(lan, at=before_midnight + timedelta(minutes=1)).posts


def test_a_post_ended_now_is_gone_now_and_may_be_given_again() -> None:
    lan = officer("lan")

    actions.end_post(actor=SYSTEM, at=AT, post_id=post_of(lan))

    assert not actor(lan).posts
    actions.appoint(actor=SYSTEM, at=AT, account_id=lan, agency_id=agency(), role="one_stop", title="Một cửa")
    assert len(actor(lan).posts) == 1


def test_the_same_role_twice_at_once_is_refused() -> None:
    lan = officer("lan")

    with pytest.raises(PostHeldAlready):
        actions.appoint(
            actor=SYSTEM, at=AT, account_id=lan, agency_id=agency(), role="one_stop", title="Một cửa"
        )

    assert Post.objects.count() == 1


def test_the_database_itself_refuses_overlapping_posts() -> None:
    lan = officer("lan")

    with pytest.raises(IntegrityError, match="post_no_overlap"), transaction.atomic():
        Post.objects.create(
            account_id=lan, agency_id=agency(), role="one_stop", title="x", from_on=date(2026, 5, 1)
        )


def test_the_database_itself_refuses_overlapping_substitutions() -> None:
    lan, hoa, nga = officer("lan"), officer("hoa"), officer("nga")
    stand_in(post_of(lan), hoa)

    with pytest.raises(IntegrityError, match="substitution_no_overlap"), transaction.atomic():
        Substitution.objects.create(
            post_id=post_of(lan), substitute_id=nga, from_at=AT + HOUR, until_at=AT + 2 * HOUR, reason="x"
        )


def test_an_unknown_role_is_refused() -> None:
    lan = officer("lan")

    with pytest.raises(RoleUnknown):
        actions.appoint(actor=SYSTEM, at=AT, account_id=lan, agency_id=agency(), role="king", title="Vua")

    assert Post.objects.count() == 1


def test_only_an_operator_appoints() -> None:
    lan, hoa = officer("lan", role="chairperson"), officer("hoa")
    operator = officer("van-hanh", role="system_operator")
    wanted = {"account_id": hoa, "agency_id": agency(), "role": "leader", "title": "Lãnh đạo"}

    for refused in (actor(lan), citizen()):
        with pytest.raises(NotAllowed):
            actions.appoint(actor=refused, at=AT, **wanted)
    assert Post.objects.filter(role="leader").count() == 0

    actions.appoint(actor=actor(operator), at=AT, **wanted)
    assert Post.objects.filter(role="leader").count() == 1


def test_a_citizen_is_never_appointed() -> None:
    person = citizen()
    assert person.account_id is not None

    with pytest.raises(NotFound):
        actions.appoint(
            actor=SYSTEM, at=AT, account_id=person.account_id, agency_id=agency(), role="one_stop", title="x"
        )


@pytest.mark.parametrize(
    ("offset", "stands_in"), [(-1, False), (0, True), (7 * 3600, True), (8 * 3600, False)]
)
def test_a_substitute_acts_only_while_it_is_in_force(offset: int, stands_in: bool) -> None:
    lan, hoa = officer("lan", role="chairperson"), officer("hoa")
    stand_in(post_of(lan), hoa)

    then = actor(hoa, at=AT + timedelta(seconds=offset))

    lent = then.post_with(role="chairperson", agency_id=agency())
    assert (lent is not None) is stands_in
    if lent:
        assert (lent.substitute_for, lent.substitute_for_name) == (lan, "Cán bộ lan")


def test_a_substitution_ends_with_the_post_it_lends() -> None:
    lan, hoa = officer("lan", role="chairperson"), officer("hoa")
    stand_in(post_of(lan), hoa)

    actions.end_post(actor=SYSTEM, at=AT, post_id=post_of(lan))

    assert actor(hoa).post_with(role="chairperson", agency_id=agency()) is None


def test_a_substitution_ended_early_lends_nothing_more_and_leaves_room_for_another() -> None:
    lan, hoa, nga = officer("lan"), officer("hoa", role="leader"), officer("nga", role="leader")
    row = stand_in(post_of(lan), hoa)

    actions.end_substitution(actor=SYSTEM, at=AT + HOUR, substitution_id=row)

    assert actor(hoa, at=AT + 2 * HOUR).post_with(role="one_stop", agency_id=agency()) is None
    stand_in(post_of(lan), nga, start=AT + HOUR)
    assert actor(nga, at=AT + 2 * HOUR).post_with(role="one_stop", agency_id=agency())


def test_two_substitutes_for_one_post_at_once_are_refused() -> None:
    lan, hoa, nga = officer("lan"), officer("hoa"), officer("nga")
    stand_in(post_of(lan), hoa)

    with pytest.raises(SubstitutedAlready):
        stand_in(post_of(lan), nga, start=AT + 7 * HOUR)

    assert Substitution.objects.count() == 1


def test_a_substitution_makes_sense_or_is_refused() -> None:
    lan, hoa = officer("lan"), officer("hoa")

    for start, length, who in (
        (AT, timedelta(0), hoa),
        (AT - 9 * HOUR, 8 * HOUR, hoa),
        (AT, 8 * HOUR, lan),
    ):
        with pytest.raises(SubstitutionMalformed):
            stand_in(post_of(lan), who, start=start, length=length)
    assert Substitution.objects.count() == 0


def test_the_holder_or_the_head_names_a_substitute_and_a_substitute_may_not() -> None:
    lan, hoa = officer("lan"), officer("hoa")
    head = officer("chu-tich", role="chairperson")
    stranger = officer("xa-la", role="chairperson", agency_id=agency(unit="06673", name="UBND Bãi Cháy"))
    mine = post_of(lan)
    lent = {"post_id": mine, "substitute_account_id": hoa, "reason": "Đi họp"}

    for refused in (hoa, stranger):
        with pytest.raises(NotAllowed):
            actions.substitute(actor=actor(refused), at=AT, from_at=AT, until_at=AT + HOUR, **lent)
    actions.substitute(actor=actor(lan), at=AT, from_at=AT, until_at=AT + HOUR, **lent)
    with pytest.raises(NotAllowed):
        actions.substitute(actor=actor(hoa), at=AT, from_at=AT + HOUR, until_at=AT + 2 * HOUR, **lent)
    actions.substitute(actor=actor(head), at=AT, from_at=AT + HOUR, until_at=AT + 2 * HOUR, **lent)

    assert Substitution.objects.count() == 2


def test_officers_with_a_role_include_substitutes_and_leave_out_closed_accounts() -> None:
    lan, hoa, nga = officer("lan"), officer("hoa", role="leader"), officer("nga")
    stand_in(post_of(lan), hoa)
    actions.close_account(actor=SYSTEM, at=AT, account_id=nga)

    found = queries.officers_with(role="one_stop", agency_id=agency(), at=AT)

    assert [entry.account_id for entry in found] == [lan, hoa]


def test_a_closed_account_is_nobody() -> None:
    lan = officer("lan")

    actions.close_account(actor=SYSTEM, at=AT, account_id=lan)

    with pytest.raises(NotFound):
        actor(lan)


def test_a_closed_agency_gives_no_posts() -> None:
    lan = officer("lan")

    Agency.objects.update(is_open=False)

    assert actor(lan).posts == ()


def test_enrolling_refuses_a_taken_name_a_weak_password_and_a_short_secret() -> None:
    officer("lan")
    common = {"actor": SYSTEM, "at": AT, "full_name": "Lan"}

    with pytest.raises(UsernameTaken):
        actions.enrol_officer(username="lan", password=PASSWORD, **common)
    with pytest.raises(PasswordTooWeak):
        actions.enrol_officer(username="mai", password="12345678901234", **common)
    with pytest.raises(SecretMalformed):
        actions.enrol_officer(username="mai", password=PASSWORD, totp_secret="ABC", **common)

    assert Account.objects.count() == 1


def test_the_secret_of_the_codes_is_sealed_in_the_database() -> None:
    lan = Account.objects.get(pk=officer("lan"))

    stored = lan.authenticator_set.get()

    assert "JBSWY3DP" not in str(stored.data)
    assert stored.wrap().validate_code("000000") is False


def test_every_act_leaves_one_entry_without_a_name() -> None:
    officer("lan")

    entries = LedgerEntry.objects.filter(kind__startswith="people.").order_by("position")

    assert [entry.kind for entry in entries] == ["people.officer_enrolled", "people.appointed"]
    assert "lan" not in str([entry.payload for entry in entries])


def test_a_head_gives_and_ends_what_the_agency_gives_and_nothing_else() -> None:
    chair = actor(officer("chu-tich", role="chairperson"))
    hoa, elsewhere = officer("hoa"), agency(unit="06673", name="UBND phường Bãi Cháy")
    wanted = {"account_id": hoa, "agency_id": agency(), "title": "Công chức tư pháp - hộ tịch"}

    post_id = actions.appoint(actor=chair, at=AT, role="civil_status_officer", **wanted)
    for refused in (
        wanted | {"role": "leader"},
        wanted | {"role": "system_operator"},
        wanted | {"role": "specialist", "agency_id": elsewhere},
        wanted | {"role": "specialist", "account_id": chair.account_id},
    ):
        with pytest.raises(NotAllowed):
            actions.appoint(actor=chair, at=AT, **refused)
    with pytest.raises(NotAllowed):
        actions.end_post(actor=chair, at=AT, post_id=chair.posts[0].id)
    actions.end_post(actor=chair, at=AT, post_id=post_id)

    assert Post.objects.filter(ended_at=None).count() == 2


def test_who_only_stands_in_for_the_head_appoints_nobody() -> None:
    chair, hoa = officer("chu-tich", role="chairperson"), officer("hoa")
    stand_in(post_of(chair), hoa)
    nga = officer("nga", role="leader")

    with pytest.raises(NotAllowed):
        actions.appoint(
            actor=actor(hoa),
            at=AT,
            account_id=nga,
            agency_id=agency(),
            role="specialist",
            title="Chuyên viên",
        )

    assert Post.objects.count() == 3


def test_the_staff_of_an_agency_is_for_its_officers_and_says_what_each_may_do() -> None:
    chair, hoa = officer("chu-tich", role="chairperson"), officer("hoa")
    stand_in(post_of(hoa), chair)

    told = {post.username: post for post in queries.staff(actor=actor(chair), agency_id=agency(), at=AT)}
    own = {post.username: post for post in queries.staff(actor=actor(hoa), agency_id=agency(), at=AT)}

    assert (told["hoa"].may_end, told["hoa"].may_substitute) == (True, True)
    assert (told["chu-tich"].may_end, told["chu-tich"].may_substitute) == (False, True)
    assert [post.may_end for post in own.values()] == [False, False]
    assert (own["hoa"].may_substitute, own["chu-tich"].may_substitute) == (True, False)
    assert told["hoa"].substitutions[0].substitute_name == "Cán bộ chu-tich"
    assert queries.standing_in(actor=actor(chair), at=AT)[0].holder_name == "Cán bộ hoa"
    elsewhere = officer("noi-khac", agency_id=agency(unit="06673", name="UBND phường Bãi Cháy"))
    with pytest.raises(NotAllowed):
        queries.staff(actor=actor(elsewhere), agency_id=agency(), at=AT)
    with pytest.raises(NotFound):
        queries.access_post(actor=actor(elsewhere), post_id=post_of(hoa), at=AT)
