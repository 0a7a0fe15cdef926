"""The only ways in to read. Whoever asks is always named."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case as SqlCase
from django.db.models import (
    DateTimeField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from tinhso.dossiers import unread
from tinhso.dossiers.finding import fits, matching
from tinhso.dossiers.models import (
    Alert,
    Consultation,
    Dossier,
    Draft,
    Note,
    ResultChange,
    StepRun,
    Supplement,
    Suspension,
)
from tinhso.dossiers.models.dossier import oversees, seeing_agencies
from tinhso.dossiers.statuses import FINAL, WAITING, Status
from tinhso.kernel.prepared import Prepared, keep_related
from tinhso.kernel.refusals import NotFound
from tinhso.people.shapes import shape_of
from tinhso.people.types import Actor

MOST_OF_PERSON = 10


def lock_draft(*, actor: Actor, draft_id: UUID, filed_too: bool = False) -> Draft:
    """
    Return the draft with its row locked.

    A draft that was filed can be written to again only while a supplement is asked for.

    :raises NotFound: absent, another's, or filed and ``filed_too`` is False
    """
    drafts = Draft.objects.visible_to(actor).select_for_update(of=("self",), no_key=True)
    if not filed_too:
        drafts = drafts.filter(Q(dossier__isnull=True) | Q(dossier__status=Status.AWAITING_SUPPLEMENT))
    draft = drafts.select_related("applicant", "agency").filter(pk=draft_id).first()
    if draft is None:
        raise NotFound
    return draft


def access_draft(*, actor: Actor, draft_id: UUID) -> Draft:
    """:raises NotFound: absent, another's, or filed with nothing asked for"""
    editable = Q(dossier__isnull=True) | Q(dossier__status=Status.AWAITING_SUPPLEMENT)
    drafts = Draft.objects.visible_to(actor).filter(editable)
    shown = drafts.select_related("applicant", "organisation", "agency", "dossier")
    draft = shown.filter(pk=draft_id).first()
    if draft is None:
        raise NotFound
    return draft


def open_of_person(*, actor: Actor, person_id: UUID) -> QuerySet[Dossier]:
    """Return what the person has filed and is not over, as far as the actor may see it, newest first."""
    rows = Dossier.objects.open_to(actor).filter(applicant_id=person_id)
    return rows.order_by("-filed_at", "-pk")[:MOST_OF_PERSON]


def unfiled_drafts(actor: Actor) -> QuerySet[Draft]:
    """Return what the actor began and did not file, newest first."""
    drafts = Draft.objects.visible_to(actor).unfiled()
    return drafts.select_related("agency", "applicant", "organisation").order_by("-saved_at")


def access_dossier(*, actor: Actor, dossier_id: UUID) -> Dossier:
    """:raises NotFound: absent, or not visible to the actor; the two are never told apart"""
    dossier = _DETAILED.first(who=shape_of(actor), dossier_id=dossier_id)
    if dossier is None:
        raise NotFound
    return _with_story(dossier)


def dossier_by_code(*, actor: Actor, code: str) -> Dossier:
    """:raises NotFound: absent, or not visible to the actor"""
    dossier = _detailed(Dossier.objects.visible_to(actor)).filter(code__iexact=code.strip()).first()
    if dossier is None:
        raise NotFound
    return _with_story(dossier)


def public_by_code(code: str) -> Dossier:
    """
    Return what anybody who knows the code may see: its status and degree of completion, no name, no paper.

    The caller shows nothing else (Circular 01/2018/TT-VPCP Article 16). :raises NotFound: no such code
    """
    public = ("code", "status", "procedure_code", "version", "filed_at", "due_at", "finished_at", "agency")
    dossier = (
        Dossier.objects.select_related("agency")
        .only(*public, "agency__name", "agency__name_en", "agency__address", "agency__phone")
        .filter(code__iexact=code.strip())
    )
    found = dossier.first()
    if found is None:
        raise NotFound
    return found


def dossier_of_rating(token: str) -> Dossier:
    """Return the dossier whose receipt carries the token. :raises NotFound: no such receipt"""
    dossier = Dossier.objects.select_related("agency").filter(rating_token=token).first()
    if dossier is None:
        raise NotFound
    return dossier


def dossiers_of(actor: Actor) -> QuerySet[Dossier]:
    """
    Return the actor's dossiers, newest first, with what a list shows.

    Each row carries ``unread_messages``: how many of the office the applicant's side has not read.
    """
    rows = _listed(Dossier.objects.visible_to(actor)).annotate(unread_messages=unread.count_for_applicant())
    return rows.order_by("-filed_at", "-id")


def assisted_by(actor: Actor) -> QuerySet[Dossier]:
    """
    Return what a helper filed for others by mandates still in force, newest first: to say how it stands.

    Neither answers nor papers are for the helper any more; the caller shows code, name, procedure and status.
    """
    if not actor.is_helper:
        return Dossier.objects.none()
    rows = Dossier.objects.filter(mandate_id__in=[one.id for one in actor.mandates])
    return rows.select_related("applicant", "agency").order_by("-filed_at", "-id")


def work_list(*, actor: Actor, open_only: bool = False) -> QuerySet[Dossier]:
    """
    Return every dossier the officer may see, what is due next first; those whose clock stands still last.

    Each row carries ``open_step``, ``open_role``, ``holder_name``, ``holder_account``, ``step_due`` and
    ``step_warned``: the hours of its step ran out; ``has_message``: the applicant wrote, nobody has read it.

    :param open_only: leave out what is closed for good; far cheaper, and what a list of work wants
    """
    seen = Dossier.objects.open_to(actor) if open_only else Dossier.objects.visible_to(actor)
    return with_step(_listed(seen))


def with_step(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Add to each dossier what :func:`work_list` tells of its open step."""
    alerts = Alert.objects.filter(dossier=OuterRef("pk"), kind=Alert.Kind.STEP_MISSED)
    far = Value(datetime(9999, 1, 1, tzinfo=UTC), output_field=DateTimeField())
    rows = dossiers.annotate(
        run=FilteredRelation("steps", condition=Q(steps__closed_at__isnull=True)),
        open_step=F("run__step"),
        open_role=F("run__role"),
        open_agency=F("run__agency_id"),
        holder_account=F("run__holder_id"),
        holder_name=F("run__holder__full_name"),
        step_due=F("run__due_at"),
        pressing=SqlCase(When(status__in=WAITING | FINAL, then=far), default=F("due_at")),
    )
    return rows.annotate(
        step_warned=Exists(alerts.filter(due_at=OuterRef("step_due"))), has_message=unread.any_for_office()
    )


def mine(dossiers: QuerySet[Dossier], actor: Actor) -> QuerySet[Dossier]:
    """Keep what waits for this officer: steps they hold, and unclaimed ones of a role they have there."""
    unclaimed = Q(pk__in=[])
    for post in actor.posts:
        unclaimed |= Q(holder_account__isnull=True, open_role=post.role, open_agency=post.agency_id)
    held = Q(holder_account=actor.account_id)
    # A case closed for good has no open step; to say so too would lead the database through all open cases.
    return dossiers.filter(held | unclaimed).exclude(status__in=WAITING)


def search(dossiers: QuerySet[Dossier], words: str, *, actor: Actor) -> QuerySet[Dossier]:
    """
    Keep those in whose code, name or personal id the words stand, however they are spelt; where there are
    none, those in which the last is begun, and then those in which each begins a word.
    """
    agencies = looked_through(actor)
    *narrow, widest = (matching(words, agencies=agencies, fit=fit) for fit in fits(words))
    if widest is None:
        return dossiers
    kept = (dossiers.filter(fitting) for fitting in narrow)
    return next((rows for rows in kept if rows.exists()), dossiers.filter(widest))


def looked_through(actor: Actor) -> list[UUID]:
    """Return the agencies among whose dossiers the index looks for an officer; none for all."""
    return sorted(seeing_agencies(actor)) if actor.is_officer and not oversees(actor) else []


def opinions_for(actor: Actor) -> QuerySet[Consultation]:
    """Return the questions put to the officer's agencies that nobody has answered, what is due first."""
    asked = Q(pk__in=[])
    for post in actor.posts:
        asked |= Q(agency_id=post.agency_id, role=post.role)
    asked &= Q(to_account__isnull=True) | Q(to_account=actor.account_id)
    runs = Q(step_run__closed_at__isnull=True) | Q(blocks=False) & ~Q(dossier__status__in=FINAL)
    open_ones = Consultation.objects.filter(asked, runs, answered_at__isnull=True)
    return open_ones.select_related("dossier__applicant", "dossier__agency").order_by("due_at")


def notes_of(*, actor: Actor, dossier: Dossier) -> QuerySet[Note]:
    """
    Return the private notes the officer may read, oldest first: of their own agencies, never on their own
    case.

    Struck ones are among them.
    """
    if not _may_read_notes(actor, dossier):
        return Note.objects.none()
    return _notes(agency_ids=tuple(actor.agency_ids), dossier_id=dossier.pk)


def notes_to_read(*, actor: Actor, dossier: Dossier) -> list[Note]:
    """Return what :func:`notes_of` holds, for a page."""
    if not _may_read_notes(actor, dossier) or not has_some(dossier, "notes"):
        return []
    return _NOTES(agency_ids=tuple(actor.agency_ids), dossier_id=dossier.pk)


def _may_read_notes(actor: Actor, dossier: Dossier) -> bool:
    is_own = actor.person_id is not None and actor.person_id == dossier.applicant_id
    return actor.is_officer and not is_own


def _notes(agency_ids: tuple[UUID, ...], dossier_id: UUID) -> QuerySet[Note]:
    notes = Note.objects.filter(dossier_id=dossier_id, agency__id__any_of=agency_ids)
    return notes.select_related("author").order_by("written_at", "id")


_NOTES = Prepared(_notes)


def open_run(dossier: Dossier) -> StepRun | None:
    """Return the step that is open, with its holder."""
    return dossier.steps.select_related("holder", "agency").filter(closed_at__isnull=True).first()


def _listed(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    return dossiers.select_related("applicant", "organisation", "agency")


def _detailed(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Fetch with the dossier all that its pages show; of its thread only how much of it is unread."""
    told = dossiers.annotate(
        all_messages=unread.count_of_all(),
        unread_by_office=unread.count_for_office(),
        unread_by_applicant=unread.count_for_applicant(),
    )
    return told.select_related(
        "applicant",
        "organisation",
        "agency",
        "receiving_agency",
        "result__document",
        "draft__postal_arrival",
        "draft__postal_return",
        "extension",
        "rating",
    ).defer("draft__answers", "draft__typed", "draft__papers")


def _with_story(dossier: Dossier) -> Dossier:
    """Fetch what happened to the dossier; what it is known to have none of is not asked for."""
    for name, asked in _STORY.items():
        keep_related(dossier, name, asked(dossier_id=dossier.pk) if has_some(dossier, name) else [])
    result = getattr(dossier, "result", None)
    if result is not None:
        keep_related(result, "changes", _CHANGES(result_id=result.pk))
    return dossier


def _of_id(who: Actor, dossier_id: UUID) -> QuerySet[Dossier]:
    found = _detailed(Dossier.objects.visible_to(who)).filter(pk=dossier_id)
    some = {f"has_{name}": Exists(rows.filter(dossier=OuterRef("pk"))) for name, rows in _RARE.items()}
    return found.annotate(**some)


def has_some(dossier: Dossier, name: str) -> bool:
    """Say whether the dossier may have rows of the kind; whoever read it without asking must look."""
    return bool(vars(dossier).get(f"has_{name}", True))


def _steps_of(dossier_id: UUID) -> QuerySet[StepRun]:
    return StepRun.objects.select_related("holder", "agency", "closed_by").filter(dossier_id=dossier_id)


def _consultations_of(dossier_id: UUID) -> QuerySet[Consultation]:
    return Consultation.objects.select_related("agency", "answered_by").filter(dossier_id=dossier_id)


def _supplements_of(dossier_id: UUID) -> QuerySet[Supplement]:
    return Supplement.objects.filter(dossier_id=dossier_id)


def _changes_of(result_id: UUID) -> QuerySet[ResultChange]:
    return ResultChange.objects.select_related("old_document", "new_document").filter(result_id=result_id)


# What most dossiers have none of: one question says so for all of them.
_RARE: Mapping[str, QuerySet[Any]] = {
    "consultations": Consultation.objects.all(),
    "supplements": Supplement.objects.all(),
    "suspensions": Suspension.objects.all(),
    "notes": Note.objects.all(),
}
_DETAILED = Prepared(_of_id)
_STORY: Mapping[str, Prepared[Any]] = {
    "steps": Prepared(_steps_of),
    "consultations": Prepared(_consultations_of),
    "supplements": Prepared(_supplements_of),
}
_CHANGES = Prepared(_changes_of)


def in_order_asked(dossiers: Iterable[Dossier], ids: list[UUID]) -> list[Dossier]:
    """Return the dossiers in the order of the ids."""
    by_id = {dossier.id: dossier for dossier in dossiers}
    return [by_id[dossier_id] for dossier_id in ids if dossier_id in by_id]


def is_held_back(document_id: UUID) -> bool:
    """Tell whether the document is, or was, a signed result not handed out yet, as when a fee is owed."""
    is_result = Q(result__document_id=document_id) | Q(result__changes__old_document_id=document_id)
    return Dossier.objects.filter(is_result, returned_at__isnull=True).exists()
