"""One filing of several procedures: what its members know of each other, and whose turn it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tinhso.definitions import catalogue
from tinhso.definitions.bundles import Bundle, Member, Source, load_bundles
from tinhso.definitions.types import Procedure
from tinhso.dossiers.facts import all_answers, facts_of
from tinhso.dossiers.models import Dossier, Draft, Filing
from tinhso.dossiers.paperwork import page_counts
from tinhso.dossiers.places import commune_lookup
from tinhso.dossiers.statuses import Status
from tinhso.forms import engine
from tinhso.forms.types import FieldError
from tinhso.kernel.refusals import Conflict, NotFound
from tinhso.people.types import Actor

DONE = frozenset({Status.DECIDED, Status.RETURNED})


class WaitsForOther(Conflict):
    code = "waits-for-other"
    message = _("Hồ sơ này được nộp tự động khi có kết quả «%(procedure)s». Bạn không phải làm gì thêm.")


@dataclass(frozen=True, slots=True)
class Part:
    """
    One member of a filing.

    :param dossier: what became of it; none while it is a form
    :param before: the member it waits for
    :param errors: what is still missing, without what the other member will tell
    """

    member: Member
    procedure: Procedure
    draft: Draft
    dossier: Dossier | None
    before: "Part | None"
    errors: tuple[FieldError, ...]

    @property
    def waits(self) -> bool:
        """Tell whether its turn has not come yet; after a bad end of the other the applicant may file it."""
        if self.dossier is not None or self.before is None:
            return False
        other = self.before.dossier
        return other is None or other.finished_at is None


def bundles() -> tuple[Bundle, ...]:
    """Return the bundles whose members are all on offer today."""
    offered = {published.procedure.code for published in catalogue.all_current()}
    found = load_bundles(settings.TINHSO.packs)
    return tuple(one for one in found if {member.procedure for member in one.members} <= offered)


def bundles_with(procedure_code: str) -> tuple[Bundle, ...]:
    """Return the bundles in which the procedure is asked for together with others."""
    return tuple(
        bundle
        for bundle in load_bundles(settings.TINHSO.packs)
        if procedure_code in {member.procedure for member in bundle.members}
    )


def bundle_of(bundle_id: str) -> Bundle:
    """:raises NotFound: there is none, or a member of it is not on offer"""
    for bundle in bundles():
        if bundle.id == bundle_id:
            return bundle
    raise NotFound


def access_filing(*, actor: Actor, filing_id: UUID) -> Filing:
    """Return one's own filing. :raises NotFound: absent, or another's"""
    filing = Filing.objects.filter(pk=filing_id).first()
    if filing is None or actor.account_id is None or filing.account_id != actor.account_id:
        raise NotFound
    return filing


def parts_of(filing: Filing, *, at: datetime) -> tuple[Part, ...]:
    """Return the members in their order, each with what is still missing."""
    bundle = next(one for one in load_bundles(settings.TINHSO.packs) if one.id == filing.bundle)
    rows = filing.drafts.select_related("dossier__agency", "agency", "applicant", "organisation")
    drafts = {draft.procedure_code: draft for draft in rows}
    parts: dict[str, Part] = {}
    for member in bundle.members:
        # A form that was discarded has left the filing.
        if member.procedure in drafts:
            before = parts.get(member.after) if member.after else None
            parts[member.procedure] = _part(member, drafts[member.procedure], before, at)
    return tuple(parts.values())


def carry(part: Part) -> bool:
    """Put what the member before knows into the form; return whether that changed anything."""
    if part.before is None or part.dossier is not None:
        return False
    other = part.before.dossier
    known = all_answers(other) if other is not None else part.before.draft.answers
    draft, before = part.draft, dict(part.draft.answers)
    for question_id, source in part.member.answers.items():
        value = value_of(source, known)
        if source.value is not None:
            draft.answers.setdefault(question_id, value)
        elif value is not None:
            draft.answers[question_id] = value
    changed = {name for name in part.member.answers if draft.answers.get(name) != before.get(name)}
    if changed:
        touched = {page.id for page in part.procedure.form if any(one.id in changed for one in page.ask)}
        draft.typed = {page: boxes for page, boxes in draft.typed.items() if page not in touched}
        draft.save(update_fields=["answers", "typed"])
    return bool(changed)


def carry_all(filing: Filing, *, at: datetime) -> None:
    """Put what is known from one form into those that come after it, so that it is asked once."""
    for part in parts_of(filing, at=at):
        carry(part)


@dataclass(frozen=True, slots=True)
class ToldLater:
    """
    What the applicant need not answer now.

    :param questions: those that the member before will answer
    :param procedure: that member; None where nothing is told later
    """

    questions: frozenset[str] = frozenset()
    procedure: Procedure | None = None


def told_later(draft: Draft) -> ToldLater:
    """Return what the member before this form will tell; nothing once it is decided or ended badly."""
    if draft.filing_id is None or draft.filing is None:
        return ToldLater()
    bundle = next(one for one in load_bundles(settings.TINHSO.packs) if one.id == draft.filing.bundle)
    member = next((one for one in bundle.members if one.procedure == draft.procedure_code), None)
    if member is None or member.after is None:
        return ToldLater()
    before = draft.filing.drafts.select_related("dossier").filter(procedure_code=member.after).first()
    other = getattr(before, "dossier", None)
    if before is None or (other is not None and (other.state in DONE or other.finished_at is not None)):
        return ToldLater()
    # What a form merely begins with is the applicant's to change, and to get right.
    names = {name for name, source in member.answers.items() if source.value is None}
    return ToldLater(frozenset(names), catalogue.of_version(before.version_id).procedure)


def require_turn(draft: Draft, *, at: datetime) -> None:
    """:raises WaitsForOther: the member it comes after is not decided yet"""
    if draft.filing is None:
        return
    for part in parts_of(draft.filing, at=at):
        if part.draft.pk == draft.pk and part.waits and part.before is not None:
            raise WaitsForOther(procedure=part.before.procedure.name.vi)


def _part(member: Member, draft: Draft, before: Part | None, at: datetime) -> Part:
    procedure = catalogue.of_version(draft.version_id).procedure
    dossier = Dossier.objects.filter(draft=draft).select_related("agency").first()
    errors = () if dossier else _missing(member, draft, procedure, before, at)
    return Part(member, procedure, draft, dossier, before, errors)


def _missing(
    member: Member, draft: Draft, procedure: Procedure, before: Part | None, at: datetime
) -> tuple[FieldError, ...]:
    facts = facts_of(dossier=draft, at=at)
    found = engine.check_all(
        procedure,
        engine.counted_answers(procedure, draft.answers, facts),
        papers=page_counts(draft.papers),
        facts=facts,
        communes=commune_lookup,
    )
    decided = before is not None and before.dossier is not None and before.dossier.state in DONE
    told_later = set() if decided or before is None else set(member.answers)
    return tuple(error for error in found if error.question_id not in told_later)


def value_of(source: Source, known: Mapping[str, object]) -> object:
    """Return the answer the source gives from what is known; None while something it names is not."""
    if source.origin is not None:
        return known.get(source.origin)
    if source.text is not None:
        return _filled(source.text, known)
    if source.entries is not None:
        rows = [{name: value_of(one, known) for name, one in entry.items()} for entry in source.entries]
        return [{name: value for name, value in row.items() if value is not None} for row in rows]
    return source.value


def _filled(text: str, known: Mapping[str, object]) -> str | None:
    """Return the text with answers in place of their names; None while one of them is not known."""
    for name, value in known.items():
        text = text.replace(f"{{{name}}}", _words(value))
    return None if "{" in text else text


def _words(value: object) -> str:
    try:
        return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
    except ValueError:
        return str(value)
