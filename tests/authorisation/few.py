"""Roles that few addresses concern: who writes and publishes the catalogue, who helps citizens to file."""

from dataclasses import dataclass
from http.cookies import SimpleCookie
from io import BytesIO
from pathlib import Path
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from tests import designs_kit as designs
from tests import dossiers_kit as kit
from tests.authorisation import table
from tests.authorisation.cast import cookies_of
from tests.authorisation.scenes import Values
from tests.dossiers_kit import BINH_LIEU, BIRTH, Province
from tests.papers_samples import photo
from tinhso.dossiers.actions.assist import ask_by_phone, record_signed_paper
from tinhso.dossiers.actions.start_draft import start_draft
from tinhso.people import actions as people
from tinhso.people.actions.assist import CounterPerson
from tinhso.people.models import MandateRequest
from tinhso.people.queries import actor_of
from tinhso.people.types import HELPER, Actor

FILE = Path(__file__).with_name("few.tsv")
# Column → who that is.
ROLES = {
    "editor": "writes the catalogue",
    "publisher": "publishes the catalogue",
    "helper": "member of the digital team, here, whom a citizen gave their word",
    "distant": "member of another commune's digital team",
}
# One of the shortest files: each page of a design examines the whole of it.
SMALL = "1.010041"
SEEN = CounterPerson(personal_id="000150000777", full_name="Tằng Thị Sáu", phone="0900000777")


@dataclass(frozen=True, slots=True)
class Stage:
    """:param values: scene → names in addresses and bodies → an existing one"""

    cookies: dict[str, SimpleCookie]
    values: dict[str, Values]


def built(province: Province) -> Stage:
    """Return everybody signed in, and what they meet: designs, a stranger's dossier, whom they help."""
    helper = province.officer(HELPER)
    met = _trusted(province, helper)
    common = {
        "code": designs.CODE,
        "agency_id": str(helper.posts[0].agency_id),
        "dossier_id": str(kit.filed(province, province.citizen(), BIRTH).dossier_id),
        **met,
    }
    open_one = designs.change(province, designs.opened(province), designs.RENAMED)
    values = {"design": common | _of(open_one.pk)}
    designs.proposed(province, open_one.pk)
    other = designs.opened(province, SMALL)
    values = {"proposed": common | _of(open_one.pk), "design": common | _of(other)}
    everybody: dict[str, Actor] = {
        "editor": designs.editor(province),
        "publisher": designs.publisher(province),
        "helper": actor_of(helper.signed_in_as, at=province.at),
        "distant": province.officer(HELPER, unit=kit.HONG_GAI),
    }
    assert list(everybody) == list(ROLES)
    return Stage({role: cookies_of(actor) for role, actor in everybody.items()}, values)


def outcome(response: HttpResponse) -> str:
    """Return what an answer means here; ``home``: a helper is led to the pages that are theirs."""
    led_to = response.headers.get("Location", "") if response.status_code in (302, 303) else ""
    return "home" if led_to == reverse("assist:home") else table.outcome(response)


def _of(design_id: UUID) -> Values:
    row = designs.row(design_id)
    return {"design_id": str(design_id), "revision": str(row.revision), "name": next(iter(row.templates))}


def _trusted(province: Province, helper: Actor) -> Values:
    """Return the citizen who gave the helper their word on paper, a form begun for them, a code asked for."""
    agency_id = helper.posts[0].agency_id
    person_id = people.register_person_at_counter(
        actor=helper, at=province.at, agency_id=agency_id, seen=SEEN, reason="Giúp nộp hồ sơ"
    )
    aim = {"agency_id": agency_id, "person_id": person_id, "procedure_code": BIRTH, "days": 7}
    ask_by_phone(actor=helper, at=province.at, **aim)  # type: ignore[arg-type]
    said = {"content": BytesIO(photo()), "file_name": "giay.jpg"}
    mandate_id = record_signed_paper(actor=helper, at=province.at, **aim, **said)  # type: ignore[arg-type]
    again = actor_of(helper.signed_in_as, at=province.at)
    draft = start_draft(
        actor=again,
        at=province.at,
        procedure_code=BIRTH,
        unit_code=BINH_LIEU,
        applicant_id=person_id,
    )
    return {
        "person_id": str(person_id),
        "mandate_id": str(mandate_id),
        "request_id": str(MandateRequest.objects.get().pk),
        "draft_id": str(draft.draft_id),
        "page_id": draft.first_page,
        "procedure_code": BIRTH,
        "unit_code": BINH_LIEU,
    }
