"""Everybody who may knock, in the order of the table's columns."""

from datetime import timedelta
from http.cookies import SimpleCookie
from uuid import UUID

from django.test import Client

from tests import dossiers_kit as kit
from tests.authorisation.scenes import until
from tests.dossiers_kit import Province
from tests.people_kit import PASSWORD, SECRET, SYSTEM, sign_in
from tinhso.people import actions as people
from tinhso.people.models import Agency
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor

# Column → who that is. «here» is the agency of the owner's dossiers, the commune of Bình Liêu.
ROLES = {
    "anonymous": "nobody is signed in",
    "owner": "the citizen whose dossier it is",
    "mandate": "a citizen who holds the owner's mandate",
    "stranger": "another citizen; in the scene «organisation» they represent it too",
    "counter": "one-stop officer, here",
    "examiner": "civil-status officer, here",
    "chair": "chairperson, here",
    "relative": "one-stop officer, here, who is the owner as a private person",
    "elsewhere": "one-stop officer of another commune",
    "asked": "specialist of the department whose opinion may be asked",
    "supervisor": "supervisor of the province",
    "operator": "system operator",
}


def cast(province: Province, owner: Actor) -> tuple[dict[str, Actor | None], UUID]:
    """Return everybody, and the mandate the owner gave."""
    helper = province.citizen("000195000102", full_name="La Thị Nga")
    assert helper.person_id is not None
    mandate_id = people.give_mandate(
        actor=owner,
        at=province.at,
        agent_person_id=helper.person_id,
        until_at=until(province),
        evidence="Giấy ủy quyền của gia đình.",
    )
    everybody: dict[str, Actor | None] = {
        "anonymous": None,
        "owner": actor_of(owner.signed_in_as, at=province.at, assurance=2),
        "mandate": actor_of(helper.signed_in_as, at=province.at, assurance=2),
        "stranger": province.citizen("000188000103", full_name="Vũ Thị Hạnh"),
        "counter": province.officer("one_stop"),
        "examiner": province.officer("civil_status_officer"),
        "chair": province.officer("chairperson"),
        "relative": _relative(province, owner),
        "elsewhere": province.officer("one_stop", unit=kit.HONG_GAI),
        "asked": province.officer("specialist", kind="construction_department"),
        "supervisor": province.officer("supervisor", kind="province_committee"),
        "operator": province.officer("system_operator", kind="province_committee"),
    }
    assert list(everybody) == list(ROLES)
    return everybody, mandate_id


def cookies_of(actor: Actor | None) -> SimpleCookie:
    """Return the cookies of a finished sign-in; each request starts from a copy."""
    client = Client()
    if actor is not None:
        sign_in(client, actor.signed_in_as, assurance=actor.assurance)
    return client.cookies


def _relative(province: Province, owner: Actor) -> Actor:
    account_id = people.enrol_officer(
        actor=SYSTEM,
        at=province.at,
        username="nguoi-nha",
        password=PASSWORD,
        full_name="Hoàng Văn Chíu",
        totp_secret=SECRET,
        person_id=owner.person_id,
    )
    people.appoint(
        actor=SYSTEM,
        at=province.at,
        account_id=account_id,
        agency_id=Agency.objects.get(kind="commune_committee", unit_code=kit.BINH_LIEU).pk,
        role="one_stop",
        title="Công chức một cửa",
        from_on=province.at.date() - timedelta(days=30),
    )
    return actor_of(account_id, at=province.at)
