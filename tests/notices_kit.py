"""What tests of notices start from: a person with an account, actors, one message."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from tinhso.notices.actions import notify
from tinhso.notices.models import Delivery
from tinhso.people.models import Account, Person
from tinhso.people.types import Actor, ActorKind, PostView

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DATA = {"code": "H49.99-261123-0001", "procedure": {"vi": "Đăng ký khai sinh", "en": "Birth registration"}}


def new_person(*, language: str = "vi", **changes: Any) -> Person:
    fields = {"full_name": "Nguyễn Văn An", "phone": "0912345678", "email": "an@example.vn"} | changes
    person = Person.objects.create(made_at=AT, **fields)
    Account.objects.create(username=f"u{uuid4().hex[:8]}", password="!", person=person, language=language)
    return person


def citizen(person: Person | None, **changes: Any) -> Actor:
    return Actor(
        kind=ActorKind.CITIZEN, account_id=uuid4(), person_id=person.pk if person else uuid4(), **changes
    )


def operator(role: str = "system_operator") -> Actor:
    post = PostView(uuid4(), UUID(int=1), "Trung tâm", role, "Quản trị")
    return Actor(kind=ActorKind.OFFICER, account_id=uuid4(), posts=(post,))


def tell(person: Person, *, key: str = "k1", template: str = "dossier_filed", **data: object) -> None:
    notify(at=AT, person_id=person.pk, template=template, data=DATA | data, dedupe_key=key, link="/ho-so/1")


def states() -> dict[str, str]:
    """Return the state of each delivery by its way."""
    return dict(Delivery.objects.values_list("channel", "state"))
