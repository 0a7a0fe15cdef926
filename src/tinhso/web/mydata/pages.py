"""«Dữ liệu về tôi»: records about the person, what was looked up for what, and what they agreed to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.definitions import catalogue
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound
from tinhso.people.types import Actor
from tinhso.registers import about, consents
from tinhso.registers.about import Held, Looked
from tinhso.registers.actions.consent import revoke_consent
from tinhso.registers.corrections import fields_of_record
from tinhso.registers.types import SourceKind
from tinhso.web.corrections.asking import new_url
from tinhso.web.portal.gate import actor_of, citizens_only, sent_from
from tinhso.web.portal.language import language


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    shown: str


@dataclass(frozen=True, slots=True)
class RecordCard:
    """
    One record about the person.

    :param source: who wrote it, from when we know it so
    :param hidden: values the law shows to the office only
    """

    title: str
    key: str
    facts: tuple[Fact, ...]
    source: str
    known_at: datetime
    hidden: int
    correct_url: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """One register."""

    name: str
    summary: str
    law: str
    records: tuple[RecordCard, ...]


@dataclass(frozen=True, slots=True)
class LookLine:
    """:param what: the fields that were looked at, in one breath, for one purpose"""

    at: datetime
    register: str
    what: str
    purpose: str


@dataclass(frozen=True, slots=True)
class ConsentCard:
    id: UUID
    register: str
    procedure: str
    wording: str
    law: str
    given_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class MyDataPage:
    shelves: tuple[Shelf, ...]
    looks: tuple[LookLine, ...]
    consents: tuple[ConsentCard, ...]
    acting_for: bool


@citizens_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show everything. :raises NotFound: the account has no person"""
    page = my_data_page(actor=actor_of(request), at=clock.now())
    return render(request, "mydata/show.html", {"page": page})


@citizens_only
@sent_from("mydata:show")
def revoke(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Take a consent back. :raises ConsentMissing: absent, another's, or taken back already"""
    revoke_consent(actor=actor_of(request), at=clock.now(), consent_id=consent_id)
    messages.success(request, _("Đã rút lời đồng ý. Từ nay hệ thống không tra sổ ấy cho thủ tục này nữa."))
    return redirect("mydata:show")


def my_data_page(*, actor: Actor, at: datetime) -> MyDataPage:
    """:raises NotFound: the account has no person"""
    if actor.person_id is None:
        raise NotFound
    return MyDataPage(
        shelves=_shelves(about.records_about(actor=actor, at=at)),
        looks=_looks(about.looks_of(actor=actor, language=language())),
        consents=_consents(actor),
        acting_for=actor.for_person_id is not None,
    )


def _shelves(held: Iterable[Held]) -> tuple[Shelf, ...]:
    return tuple(
        Shelf(
            definition.name.into(language()),
            definition.summary.into(language()),
            definition.law,
            tuple(_record(one) for one in several),
        )
        for definition, several in groupby(held, key=lambda one: one.definition)
    )


def _record(one: Held) -> RecordCard:
    view = one.record
    shown = fields_of_record(one.definition, view.values.items(), language())
    return RecordCard(
        title=view.title or view.key,
        key=view.key,
        facts=tuple(Fact(label, words) for _name, label, words in shown),
        source=_source(view.source, one.definition.system),
        known_at=view.known_from,
        hidden=view.hidden,
        correct_url=new_url(record_id=view.id, field="", back=reverse("mydata:show")),
    )


def _source(kind: str, system: str) -> str:
    words = {
        SourceKind.DOSSIER: _("ghi từ kết quả hồ sơ đã ký"),
        SourceKind.IMPORT: _("nhập từ tệp của cơ quan giữ sổ"),
        SourceKind.EXCHANGE: _("nhận từ %(system)s") % {"system": system or _("hệ thống khác")},
        SourceKind.OFFICER: _("cán bộ giữ sổ ghi"),
        SourceKind.TICKET: _("đính chính theo phiếu đề nghị"),
    }
    return words.get(SourceKind(kind), kind)


def _looks(looked: Iterable[Looked]) -> tuple[LookLine, ...]:
    """Return the looks, those of one moment and purpose as one."""
    lines = []
    for (at, register, purpose), several in groupby(
        looked, key=lambda one: (one.at, one.register, one.purpose)
    ):
        fields = sorted({one.field for one in several if one.field})
        lines.append(LookLine(at, register, ", ".join(fields) or _("cả bản ghi"), purpose))
    return tuple(lines)


def _consents(actor: Actor) -> tuple[ConsentCard, ...]:
    found = consents.consents_of(actor=actor, language=language())
    names = (
        {one.procedure.code: one.procedure.name.into(language()) for one in catalogue.all_current()}
        if found
        else {}
    )
    return tuple(
        ConsentCard(
            one.id,
            one.register_name,
            names.get(one.procedure, one.procedure),
            one.wording,
            one.law,
            one.given_at,
            one.revoked_at,
        )
        for one in found
    )
