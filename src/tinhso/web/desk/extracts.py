"""Extracts of registers in the place of papers: as of the version found when the dossier was filed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.definitions import catalogue
from tinhso.definitions.registers.reading import registers
from tinhso.definitions.types import Paper, Procedure
from tinhso.dossiers import queries
from tinhso.dossiers.models import Dossier
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound
from tinhso.people.actions import note_access
from tinhso.people.types import AccessPurpose
from tinhso.registers.corrections import fields_of_record
from tinhso.registers.standing_in import stand_ins
from tinhso.registers.types import RecordView
from tinhso.web.corrections.asking import new_url
from tinhso.web.desk.guard import actor_of, draw, officers_only


@dataclass(frozen=True, slots=True)
class DataLine:
    """A paper that was not asked for. :param url: of the extract"""

    name: str
    url: str
    law: str


@dataclass(frozen=True, slots=True)
class Extract:
    """One record as it was when the dossier was filed."""

    register: str
    title: str
    key: str
    rows: tuple[tuple[str, str], ...]
    since: date
    known_at: datetime
    number: int
    hidden: int
    is_changed: bool
    correct_url: str


@dataclass(frozen=True, slots=True)
class ExtractPage:
    paper: str
    law: str
    code: str
    filed_at: datetime
    back_url: str
    extracts: tuple[Extract, ...]


def data_lines(*, dossier: Dossier, procedure: Procedure, language: str) -> tuple[DataLine, ...]:
    """Return the papers data stand for; without a question to the database."""
    return tuple(
        DataLine(
            paper.name.into(language),
            reverse("desk:extract", args=[dossier.pk, paper.id]),
            paper.replaced_by[0].law if paper.replaced_by else "",
        )
        for paper in procedure.papers
        if paper.id in dossier.by_data
    )


@require_safe
@officers_only
def extract(request: HttpRequest, dossier_id: UUID, paper_id: str) -> HttpResponse:
    """
    Show the extract that stands for a paper; the look is noted for whom it is about.

    :raises NotFound: the dossier is absent or not the officer's, or no data stand for the paper
    """
    actor, at = actor_of(request), clock.now()
    dossier = queries.access_dossier(actor=actor, dossier_id=dossier_id)
    procedure = catalogue.of_version(dossier.version_id).procedure
    paper = next((one for one in procedure.papers if one.id == paper_id), None)
    if paper is None or paper_id not in dossier.by_data:
        raise NotFound
    reason = _("Xem bản trích từ sổ thay «%(paper)s», hồ sơ %(code)s")
    note_access(
        actor=actor,
        at=at,
        person_id=dossier.applicant_id,
        purpose=AccessPurpose.DOSSIER,
        subject_id=dossier.pk,
        reason=reason % {"paper": paper.name.vi, "code": dossier.code},
    )
    return draw(request, "desk/extract.html", page=extract_page(dossier, paper))


def extract_page(dossier: Dossier, paper: Paper) -> ExtractPage:
    """Return the records in the place of the paper, as of filing."""
    language = (get_language() or "vi")[:2]
    back = reverse("desk:dossier", args=[dossier.pk])
    ids = dossier.by_data[paper.id]
    found = stand_ins(version_ids=ids)
    views = [found[one] for one in ids if one in found]
    named = {view.register for view in views}
    return ExtractPage(
        paper=paper.name.into(language),
        law=next((one.law for one in paper.replaced_by if one.register_id in named), ""),
        code=dossier.code,
        filed_at=dossier.filed_at,
        back_url=back,
        extracts=tuple(_extract(view, language, back) for view in views),
    )


def _extract(view: RecordView, language: str, back: str) -> Extract:
    definition = registers()[view.register]
    shown = fields_of_record(definition, view.values.items(), language)
    return Extract(
        register=definition.name.into(language),
        title=view.title,
        key=view.key,
        rows=tuple((label, words) for _name, label, words in shown),
        since=view.valid_from,
        known_at=view.known_from,
        number=view.number,
        hidden=view.hidden,
        is_changed=view.known_to is not None,
        correct_url=new_url(record_id=view.id, field="", back=back),
    )
