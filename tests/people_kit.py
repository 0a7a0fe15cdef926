"""A small cast for tests: agencies, officers, citizens, made through the doors."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client

from tinhso.edge import session
from tinhso.kernel import clock
from tinhso.people import actions, queries
from tinhso.people.claims import ProvedIdentity
from tinhso.people.models import Account, Agency
from tinhso.people.types import Actor, system

AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)  # 9:00 in Vietnam
SYSTEM = system("test")
PASSWORD = "Bình-Liêu-mùa-cỏ-lau"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def agency(kind: str = "commune_committee", unit: str = "06838", *, name: str = "UBND xã Bình Liêu") -> UUID:
    """Make an agency and return its id."""
    row, _ = Agency.objects.get_or_create(
        kind=kind,
        unit_code=unit,
        defaults={"code": f"{kind}.{unit}", "name": name, "document_code": "UBND", "place": "Bình Liêu"},
    )
    return row.pk


def officer(
    username: str,
    *,
    role: str = "one_stop",
    agency_id: UUID | None = None,
    from_on: date = date(2026, 1, 1),
    until_on: date | None = None,
    totp_secret: str | None = SECRET,
) -> UUID:
    """Enrol an officer with one post and return the account's id."""
    account_id = actions.enrol_officer(
        actor=SYSTEM,
        at=AT,
        username=username,
        password=PASSWORD,
        full_name=f"Cán bộ {username}",
        totp_secret=totp_secret,
    )
    actions.appoint(
        actor=SYSTEM,
        at=AT,
        account_id=account_id,
        agency_id=agency_id or agency(),
        role=role,
        title=role,
        from_on=from_on,
        until_on=until_on,
    )
    return account_id


def identity(personal_id: str = "000191000101", **changes: Any) -> ProvedIdentity:
    """Return what a provider says of one person, level 2 unless told otherwise."""
    said: dict[str, Any] = {
        "provider": "dinh-danh",
        "subject": f"sub-{personal_id}",
        "assurance": 2,
        "personal_id": personal_id,
        "full_name": "Hoàng Văn Chíu",
        "born_on": date(1991, 3, 14),
        "sex": "male",
        "nationality": "Việt Nam",
        "ethnicity": "Dao",
        "phone": "0900000101",
        "residence_commune": "06838",
        "residence_detail": "Thôn Ngàn Pạt",
    }
    return ProvedIdentity(**(said | changes))


def citizen(personal_id: str = "000191000101", *, at: datetime = AT, **changes: Any) -> Actor:
    """Sign a citizen in through the door and return the actor, level as proved."""
    received = actions.receive_identity(actor=SYSTEM, at=at, identity=identity(personal_id, **changes))
    return queries.actor_of(received.account_id, at=at, assurance=received.assurance)


def actor(account_id: UUID, *, at: datetime = AT, for_person_id: UUID | None = None) -> Actor:
    """Return the actor of the account at the moment of the tests."""
    return queries.actor_of(account_id, at=at, for_person_id=for_person_id, assurance=2)


def sign_in(client: Client, account_id: UUID, *, assurance: int = 2, at: datetime | None = None) -> None:
    """Give the client the session that a finished sign-in leaves, second factor included."""
    account = Account.objects.get(pk=account_id)
    client.force_login(account, backend="tinhso.people.sign_in_backend.SignInBackend")
    moment = (at or clock.now()).isoformat()
    store = client.session
    store[session.ASSURANCE] = assurance
    store[session.SIGNED_IN_AT] = store[session.SEEN_AT] = moment
    if account.kind == "officer":
        store[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": 0, "type": "totp"}]
        store["account_authentication_methods_user"] = str(account.pk)
    store.save()


def hours(count: float) -> timedelta:
    return timedelta(hours=count)
