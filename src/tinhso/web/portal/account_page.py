"""What the state knows about a citizen, from where, who looked, and who may act for whom."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from tinhso.definitions.registers.reading import registers
from tinhso.dossiers.places import commune_lookup
from tinhso.exchange.national_portal.reading import SOURCE as NATIONAL_PORTAL
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import NotFound
from tinhso.notices import queries as notices
from tinhso.notices.types import Channels
from tinhso.people import claims, queries
from tinhso.people.types import AccessPurpose, AccessView, Actor, FactSource, MandateView
from tinhso.registers import about
from tinhso.web.portal.facts_in_words import value_in_words
from tinhso.web.scoping import scope_words
from tinhso.web.templatetags.look import day

SELF, COUNTER = "self", "counter:"
# The whole log has a page of its own.
FEW_LOOKS = 5
# Other mandates follow from the law; the one they protect cannot end them with a click.
BY_ONESELF = frozenset({"representative", "assisted"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known, and who says so."""

    label: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Known:
    """What one source says."""

    source: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the citizen's data."""

    at: datetime
    who: str
    why: str
    reason: str


@dataclass(frozen=True, slots=True)
class MandateCard:
    """
    One mandate, given or held.

    :param name: the other side's
    :param scope: for which procedures, in words
    :param may_end: whether a click of the reader's ends it
    """

    id: UUID
    name: str
    kind_words: str
    until_at: datetime | None
    scope: str
    may_end: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """:param acting_for: name of the person acted for now; contact and mandates are then not to be changed"""

    full_name: str
    facts: tuple[Known, ...]
    phone: str
    email: str
    channels: Channels
    language: str
    given: tuple[MandateCard, ...]
    held: tuple[MandateCard, ...]
    looks: tuple[Look, ...]
    is_level_2: bool
    acting_for: str


def account_page(*, actor: Actor, at: datetime, language: str, procedures: Mapping[str, str]) -> AccountPage:
    """
    Return everything about the actor's own person.

    :param procedures: names by code
    :raises NotFound: the account has no person
    """
    if actor.person_id is None:
        raise NotFound
    known, sources = queries.proved_facts(actor.person_id), queries.fact_sources(actor.person_id)
    return AccountPage(
        full_name=actor.full_name,
        facts=_grouped(_facts(known, sources, local(at).date(), language)),
        phone=str(known.get("applicant.phone", "")),
        email=str(known.get("applicant.email", "")),
        channels=notices.channels_of(actor=actor),
        language=actor.language,
        given=tuple(
            _card(mandate, mandate.agent_name, procedures, may_end=mandate.kind in BY_ONESELF)
            for mandate in queries.mandates_given_by(actor, at=at)
        ),
        held=tuple(
            _card(mandate, mandate.principal_name, procedures, may_end=True) for mandate in actor.mandates
        ),
        looks=looks_in_words(
            actor,
            queries.who_looked_at(actor=actor, person_id=actor.person_id, limit=FEW_LOOKS),
            language,
        ),
        is_level_2=actor.assurance > 1,
        acting_for=_acting_for(actor),
    )


def _acting_for(actor: Actor) -> str:
    if actor.for_person_id is None:
        return ""
    held = (one.principal_name for one in actor.mandates if one.principal_person_id == actor.for_person_id)
    return next(held, "")


def _card(mandate: MandateView, name: str, procedures: Mapping[str, str], *, may_end: bool) -> MandateCard:
    return MandateCard(
        id=mandate.id,
        name=name,
        kind_words=", ".join(filter(None, (mandate_words(mandate.kind, mandate.way), mandate.agency_name))),
        until_at=mandate.until_at,
        scope=scope_words(mandate.scope, procedures),
        may_end=may_end,
    )


def mandate_words(kind: str, way: str = "") -> str:
    """Say what kind of right it is, and of one who assists how it was given."""
    helped = {
        "sms": _("Tổ công nghệ số cộng đồng nộp hộ, bạn đã đọc mã tin nhắn"),
        "paper": _("Tổ công nghệ số cộng đồng nộp hộ, theo giấy có chữ ký"),
    }
    return helped.get(way) or {
        "parent": _("Cha, mẹ"),
        "guardian": _("Người giám hộ"),
        "representative": _("Người được ủy quyền"),
        "assisted": _("Cán bộ hỗ trợ tại quầy"),
    }.get(kind, kind)


def _facts(
    known: Mapping[str, object], sources: Mapping[str, FactSource], today: date, language: str
) -> Iterator[Fact]:
    labels = {
        "applicant.full_name": _("Họ và tên"),
        "applicant.personal_id": _("Số định danh cá nhân"),
        "applicant.born_on": _("Ngày sinh"),
        "applicant.sex": _("Giới tính"),
        "applicant.ethnicity": _("Dân tộc"),
        "applicant.nationality": _("Quốc tịch"),
        "applicant.address": _("Nơi cư trú"),
        "applicant.phone": _("Số điện thoại"),
        "applicant.email": _("Thư điện tử"),
        "applicant.organisation_name": _("Tổ chức bạn đại diện"),
        "applicant.tax_code": _("Mã số thuế"),
    }
    for name, label in labels.items():
        if name in known:
            shown = value_in_words(name, known[name], commune=lambda code: _commune(code, today))
            yield Fact(label, shown, _source_words(sources.get(name), language))


def _grouped(facts: Iterable[Fact]) -> tuple[Known, ...]:
    by_source: dict[str, tuple[Fact, ...]] = {}
    for fact in facts:
        by_source[fact.source] = (*by_source.get(fact.source, ()), fact)
    return tuple(Known(source, found) for source, found in by_source.items())


def _commune(code: str, today: date) -> str:
    found = commune_lookup(code, today)
    return found.name if found else code


def _source_words(source: FactSource | None, language: str) -> str:
    if source is None:
        return _("Không rõ nguồn")
    if source.source == SELF:
        return _("Bạn tự khai ngày %(day)s") % {"day": day(source.checked_at)}
    return _("%(source)s, ngày %(day)s") % {
        "source": _provider(source.source, language),
        "day": day(source.checked_at),
    }


def _provider(source: str, language: str) -> str:
    if source.startswith(COUNTER):
        try:
            return queries.agency_by_code(source.removeprefix(COUNTER)).name
        except NotFound:
            return _("Bộ phận một cửa")
    if source == NATIONAL_PORTAL:
        return _("Cổng Dịch vụ công quốc gia")
    if source == settings.TINHSO.identity_provider:
        return claims.load_claim_map(settings.TINHSO.packs, source).name.into(language)
    return source


def look_of(entry: AccessView, reason: str = "") -> Look:
    """Return one look in words. :param reason: in the reader's language, where it is known"""
    post = ", ".join(part for part in (entry.post_title, entry.agency_name) if part)
    who = f"{entry.actor_name} ({post})" if entry.actor_name and post else entry.actor_name or post
    return Look(entry.at, who or _("Hệ thống"), purpose_words(entry.purpose), reason or entry.reason)


def looks_in_words(actor: Actor, found: Iterable[AccessView], language: str) -> tuple[Look, ...]:
    """Return looks with their reasons in the reader's language: what a register was asked for, its name."""
    entries = tuple(found)
    if language == "vi":
        return tuple(look_of(one) for one in entries)
    asked = [one.at for one in entries if one.purpose == AccessPurpose.DOSSIER]
    purposes = about.purposes_of(actor=actor, at=asked, language=language) if asked else {}
    names = {one.name.vi: one.name.into(language) for one in registers().values()}
    return tuple(
        look_of(one, purposes.get((one.at, one.subject_id)) or names.get(one.reason, "")) for one in entries
    )


def purpose_words(purpose: str) -> str:
    """Say what somebody looked for."""
    return {
        AccessPurpose.SIGN_IN: _("Đăng nhập"),
        AccessPurpose.COUNTER: _("Tiếp bạn tại quầy"),
        AccessPurpose.SEARCH: _("Tìm kiếm"),
        AccessPurpose.DOSSIER: _("Giải quyết hồ sơ"),
        AccessPurpose.RESULT: _("Xem văn bản đã cấp"),
        AccessPurpose.PAPER: _("Xem giấy tờ bạn nộp"),
        AccessPurpose.SUPPORT: _("Hỗ trợ"),
        AccessPurpose.EXPORT: _("Xuất danh sách hồ sơ"),
        AccessPurpose.REGISTER: _("Xem bản ghi trong sổ đăng ký"),
    }[AccessPurpose(purpose)]
