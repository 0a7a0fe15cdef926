"""Taking somebody's dossier at the counter: who stands there, and what they came for."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tinhso.definitions import catalogue, searching
from tinhso.dossiers.actions.start_draft import Started, start_draft
from tinhso.dossiers.models.dossier import Channel
from tinhso.dossiers.places import commune_lookup
from tinhso.dossiers.popularity import most_filed
from tinhso.dossiers.post import Arrived, SendTo
from tinhso.forms.types import Field, FieldError
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Invalid, NotAllowed
from tinhso.kernel.text import normalise
from tinhso.people import actions as people_actions
from tinhso.people import queries as people
from tinhso.people.actions.assist import CounterPerson, PersonalIdMalformed
from tinhso.people.types import Actor, PersonView, PostView
from tinhso.territory import queries as territory
from tinhso.web.desk import boxes

COUNTER = "one_stop"
NUMBER, NAME, BORN, SEX, PHONE, COMMUNE, DETAIL = (
    "so",
    "ho-ten",
    "ngay-sinh",
    "gioi-tinh",
    "dien-thoai",
    "xa",
    "thon",
)
PROCEDURE, UNIT, PRESENT, ORGANISATION = "thu-tuc", "dia-ban", "co-mat", "to-chuc"
DIGITS = 12
MOST_SERVICES = 25


class NotAtCounter(NotAllowed):
    code = "not-at-counter"
    message = gettext_lazy(
        "Tiếp nhận tại quầy dành cho cán bộ bộ phận một cửa. Hãy chuyển người dân sang quầy một cửa."
    )


class NotConfirmed(Invalid):
    code = "presence-not-confirmed"
    message = gettext_lazy("Hãy xác nhận người dân có mặt và đã xuất trình giấy tờ tùy thân.")


class ChooseProcedure(Invalid):
    code = "choose-procedure"
    message = gettext_lazy("Hãy chọn một thủ tục trong danh sách.")


class ChooseOrganisation(Invalid):
    code = "choose-organisation"
    message = gettext_lazy("Hãy chọn lại nộp cho ai: chính người này, hoặc tổ chức họ đang đại diện.")


@dataclass(frozen=True, slots=True)
class Service:
    code: str
    name: str
    field: str
    chosen: bool


def counter_of(actor: Actor) -> PostView:
    """Return the post at the counter. :raises NotAtCounter: the officer has none"""
    post = next((post for post in actor.posts if post.role == COUNTER), None)
    if post is None:
        raise NotAtCounter
    return post


def digits_of(text: str) -> str:
    """Return a personal id without the spaces and dots people write."""
    return "".join(text.replace(".", " ").split())


def is_personal_id(digits: str) -> bool:
    return len(digits) == DIGITS and digits.isascii() and digits.isdigit()


def person_fields(data: QueryDict, errors: tuple[FieldError, ...] = ()) -> tuple[Field, ...]:
    """Return what the officer reads off the card of somebody the agency does not know yet."""
    sexes = (("male", _("Nam")), ("female", _("Nữ")))
    return (
        boxes.field(
            NUMBER, "personal_id", _("Số định danh cá nhân"), data, errors=errors, inputmode="numeric"
        ),
        boxes.field(
            NAME,
            "person_name",
            _("Họ, chữ đệm, tên"),
            data,
            errors=errors,
            hint=_("Như trên thẻ căn cước, có dấu. Ví dụ: Hoàng Văn Chíu"),
        ),
        boxes.field(BORN, "date", _("Ngày sinh"), data, errors=errors, hint=_("Ví dụ: 14 3 1991")),
        boxes.field(SEX, "one_of", _("Giới tính"), data, errors=errors, options=sexes),
        boxes.field(PHONE, "phone", _("Số điện thoại"), data, errors=errors, required=False, inputmode="tel"),
        boxes.field(
            COMMUNE,
            "text",
            _("Nơi cư trú: xã, phường, đặc khu"),
            data,
            errors=errors,
            required=False,
            hint=_("Ví dụ: Xã Bình Liêu, tỉnh Quảng Ninh"),
        ),
        boxes.field(DETAIL, "text", _("Thôn, khu, số nhà"), data, errors=errors, required=False),
    )


def read_person(data: QueryDict, *, at: datetime) -> tuple[CounterPerson | None, tuple[FieldError, ...]]:
    """Return the person as typed, or what is wrong."""
    today = local(at).date()
    number, name = digits_of(data.get(NUMBER, "")), normalise(data.get(NAME, ""))
    born = boxes.day_of(data, BORN)
    written = normalise(data.get(COMMUNE, ""))
    match = commune_lookup(written, today) if written else None
    wrong: list[tuple[str, str]] = []
    if not is_personal_id(number):
        wrong.append((NUMBER, PersonalIdMalformed().sentence()))
    if len(name.split()) < 2:
        wrong.append((NAME, _("Hãy ghi đủ họ và tên như trên thẻ căn cước.")))
    if born is None or not date(1880, 1, 1) <= born <= today:
        wrong.append((f"{BORN}-day", _("Hãy ghi ngày sinh đủ ngày, tháng, năm và không ở sau hôm nay.")))
    if data.get(SEX, "") not in ("male", "female"):
        wrong.append((SEX, _("Hãy chọn giới tính như trên thẻ căn cước.")))
    if written and not (match and match.code):
        wrong.append((COMMUNE, _commune_problem(written, match.successors if match else ())))
    if wrong:
        return None, tuple(FieldError(box, box, sentence) for box, sentence in wrong)
    return CounterPerson(
        personal_id=number,
        full_name=name,
        born_on=born,
        sex=data.get(SEX, ""),
        phone=digits_of(data.get(PHONE, "")),
        residence_commune=match.code if match else "",
        residence_detail=normalise(data.get(DETAIL, "")),
    ), ()


@dataclass(frozen=True, slots=True)
class Party:
    """In whose name it is filed. ``value`` is empty for the person at the counter."""

    value: str
    name: str
    hint: str
    chosen: bool


def parties(*, actor: Actor, at: datetime, person: PersonView, chosen: str) -> tuple[Party, ...]:
    """Return the person, then the organisations they represent today, each once."""
    held = people.organisations_of(actor=actor, person_id=person.id, at=at)
    named = {str(one.principal_organisation_id): one.principal_name for one in held}
    return (
        Party("", person.full_name, _("Chính người này"), not chosen),
        *(Party(value, name, _("Tổ chức họ đại diện"), value == chosen) for value, name in named.items()),
    )


@dataclass(frozen=True, slots=True)
class Services:
    """
    What a counter takes in.

    :param shown: the first of them, the chosen one always among them
    :param count: how many there are
    """

    shown: tuple[Service, ...]
    count: int


def services(words: str, chosen: str, *, at: datetime, for_organisation: bool = False) -> Services:
    """Return what the words mean, the best first; without words what people file most, then all by code."""
    language = (get_language() or "vi")[:2]
    taken = [one for one in catalogue.all_current() if Channel.COUNTER in one.procedure.channels]
    theirs = [one for one in taken if one.procedure.admits_organisations or not for_organisation]
    found = list(searching.find(words, theirs))
    if not words:
        often = {code: place for place, code in enumerate(most_filed(at=at))}
        # What nobody filed yet: whole forms first, which have a summary.
        found.sort(key=lambda one: (often.get(one.code, len(often)), not one.summary))
    found.sort(key=lambda one: one.code != chosen)
    shown = tuple(
        Service(one.code, one.name.into(language), one.field.into(language), one.code == chosen)
        for one in found[:MOST_SERVICES]
    )
    return Services(shown, len(found))


def units(*, at: datetime, chosen: str) -> tuple[tuple[str, str, bool], ...]:
    """Return the communes of the province with their names: who decides depends on where."""
    province = next((agency.unit_code for agency in people.agencies(kind="province_committee")), "")
    found = territory.communes(province, local(at).date()) if province else ()
    return tuple((unit.code, unit.name, unit.code == chosen) for unit in found)


@transaction.atomic
def begin(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    procedure: str,
    unit: str,
    is_present: bool,
    organisation: str = "",
    arrived: Arrived | None = None,
    send_to: SendTo | None = None,
) -> Started:
    """
    Let the officer act for the person today, and begin their form.

    :param organisation: id of the one the person represents; empty when they file for themselves
    :param arrived: what stands on the envelope, when the post brought it and nobody is present
    :param send_to: where the post takes the result
    :raises NotConfirmed, ChooseProcedure, ChooseOrganisation: the officer left something out
    """
    post = counter_of(actor)
    organisation_id = _organisation(organisation)
    if not procedure:
        raise ChooseProcedure
    if not is_present and arrived is None:
        raise NotConfirmed
    people_actions.assist_at_counter(
        actor=actor,
        at=at,
        agency_id=post.agency_id,
        person_id=person_id,
        evidence=_evidence(arrived),
        scope=(procedure,),
    )
    return start_draft(
        actor=actor,
        at=at,
        procedure_code=procedure,
        unit_code=unit,
        applicant_id=person_id,
        organisation_id=organisation_id,
        channel=Channel.POST if arrived else Channel.COUNTER,
        arrived=arrived,
        send_to=send_to,
    )


def _evidence(arrived: Arrived | None) -> str:
    """Return by what the person agreed that the officer writes for them."""
    if arrived is None:
        return "Người dân có mặt tại quầy, đã xuất trình giấy tờ tùy thân."
    return f"Hồ sơ gửi qua bưu chính, số hiệu {arrived.tracking_number}, người gửi {arrived.sender_name}."


def _organisation(value: str) -> UUID | None:
    try:
        return UUID(value) if value else None
    except ValueError:
        raise ChooseOrganisation from None


def _commune_problem(written: str, successors: tuple[str, ...]) -> str:
    if successors:
        return _("«%(written)s» không còn; nay thuộc %(now)s. Hãy ghi tên hiện nay.") % {
            "written": written,
            "now": ", ".join(successors),
        }
    return _("Không có «%(written)s». Hãy ghi tên xã, phường, đặc khu kèm tỉnh.") % {"written": written}
