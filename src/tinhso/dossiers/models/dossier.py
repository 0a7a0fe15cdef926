"""A draft is what a person is still writing; a dossier is what was filed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Self
from uuid import UUID

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from tinhso.dossiers.finding import Words
from tinhso.dossiers.models.involvement import Involvement
from tinhso.dossiers.statuses import CLOSED, FINAL, NATIONAL_CODES, WAITING, Status
from tinhso.kernel.models import Entity
from tinhso.people.types import HELPER, Actor, ActorKind

# A post of this role in this kind of agency may read every dossier of the province.
OVERSIGHT = ("supervisor", "province_committee")
# These roles run the system or write the catalogue; they see no dossier (packs/vietnam/roles.yaml).
BLIND_ROLES = frozenset({"system_operator", "catalogue_editor", "catalogue_publisher", HELPER})


class Channel(models.TextChoices):
    """How it came in; the order is that of the national code KenhThucHien 1–3."""

    COUNTER = "counter"
    ONLINE = "online"
    POST = "post"


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, actor: Actor) -> Self:
        """
        A draft is seen by the account that writes it, and nobody else; by a helper while the mandate lasts.

        Once it is filed for an organisation, whoever represents the organisation answers for it too.
        """
        if actor.account_id is None:
            return self.none()
        own = Q(account_id=actor.account_id)
        if actor.is_helper:
            # What a helper wrote is theirs to see only as long as they have the word of whose it is.
            return self.filter(own, mandate_id__in=[mandate.id for mandate in actor.mandates])
        if actor.kind is not ActorKind.CITIZEN:
            return self.filter(own)
        return self.filter(own | _of_organisations(actor) & Q(dossier__isnull=False))

    def unfiled(self) -> Self:
        return self.filter(dossier__isnull=True)


class Filing(Entity):
    """
    Several procedures asked for at once (liên thông): what they share is asked once.

    :param bundle: id of a file of ``packs/*/bundles``
    :param unit_code: the commune whose agencies decide
    """

    bundle = models.CharField(max_length=40)
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="filings")
    unit_code = models.CharField(max_length=5)
    started_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True, help_text="when the first of its dossiers was filed")


class Draft(Entity):
    """
    A form being filled in.

    ``answers`` holds what passed the checks; ``typed`` holds, by page, what was typed last, right or wrong;
    nothing is lost. ``papers`` maps a part of the dossier (``forms.parts``) to the ids of papers; ``by_data``
    maps a paper that need not be given to the version of the record that stands in its place.
    """

    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="drafts")
    applicant = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    mandate = models.ForeignKey("people.Mandate", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.ForeignKey("definitions.ProcedureVersion", on_delete=models.PROTECT, related_name="+")
    procedure_code = models.CharField(max_length=40)
    channel = models.CharField(max_length=8, choices=Channel)
    receiving_agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    typed = models.JSONField(default=dict)
    papers = models.JSONField(default=dict)
    by_data = models.JSONField(default=dict)
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, null=True, related_name="drafts")
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["account", "-saved_at"], name="draft_newest")]


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, actor: Actor) -> Self:
        """
        What the actor may read: a citizen their own, and of the people and organisations they act for those
        the mandate reaches; an officer those of the agencies that received, decide, process or were asked;
        oversight everything; nobody else anything.
        """
        if actor.kind is ActorKind.SYSTEM:
            return self
        if actor.kind is ActorKind.CITIZEN and actor.person_id is not None:
            own = Q(applicant_id=actor.person_id)
            return self.filter(own | _of_principals(actor) | _of_organisations(actor))
        if actor.kind is ActorKind.OFFICER and actor.posts:
            return self if oversees(actor) else self._involving(actor)
        return self.none()

    def open_to(self, actor: Actor) -> Self:
        """Of what an officer may see, what is not closed for good; a list of work begins here."""
        rows = self.visible_to(actor)
        if actor.kind is not ActorKind.OFFICER or oversees(actor):
            return rows.exclude(status__in=FINAL)
        return rows._involving(actor, is_open=True)

    def _involving(self, actor: Actor, **how: bool) -> Self:
        parts = Involvement.objects.filter(agency_id__in=seeing_agencies(actor), **how)
        return self.filter(pk__in=parts.values("dossier_id"))

    def overdue(self, *, at: datetime) -> Self:
        return self.filter(due_at__lt=at, finished_at__isnull=True).exclude(status__in=WAITING)


def _of_principals(actor: Actor) -> Q:
    """Say which cases mandates of persons reach; what a principal does for an organisation is not theirs."""
    reached = Q(pk__in=[])
    for person_id, codes in _reach((one.principal_person_id, one.scope) for one in actor.mandates):
        reached |= _within(Q(applicant_id=person_id, organisation__isnull=True), codes)
    return reached


def _of_organisations(actor: Actor) -> Q:
    """Say which cases mandates of organisations reach."""
    reached = Q(pk__in=[])
    held = (one for one in actor.mandates if one.kind == "representative")
    for organisation_id, codes in _reach((one.principal_organisation_id, one.scope) for one in held):
        reached |= _within(Q(organisation_id=organisation_id), codes)
    return reached


def _within(cases: Q, codes: frozenset[str]) -> Q:
    return cases & Q(procedure_code__in=codes) if codes else cases


def _reach(
    mandates: Iterable[tuple[UUID | None, tuple[str, ...]]],
) -> Iterator[tuple[UUID, frozenset[str]]]:
    """Yield each principal with the procedures its mandates reach together; none named means all."""
    found: dict[UUID, list[tuple[str, ...]]] = defaultdict(list)
    for principal, scope in mandates:
        if principal is not None:
            found[principal].append(scope)
    for principal, scopes in found.items():
        yield principal, frozenset(code for scope in scopes for code in scope) if all(scopes) else frozenset()


def oversees(actor: Actor) -> bool:
    """Tell whether the officer may read every dossier of the province."""
    return any((post.role, post.agency_kind) == OVERSIGHT for post in actor.posts)


def seeing_agencies(actor: Actor) -> frozenset[UUID]:
    """Return the agencies whose dossiers the officer may read."""
    return frozenset(post.agency_id for post in actor.posts if post.role not in BLIND_ROLES)


class Dossier(Entity):
    """One case of one person before one agency, under the version of the law it was filed under."""

    code = models.CharField(max_length=60, unique=True)
    national_code = models.CharField(
        max_length=60, blank=True, help_text="of what was filed on the national portal: its code there"
    )
    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="dossier")
    version = models.ForeignKey("definitions.ProcedureVersion", on_delete=models.PROTECT, related_name="+")
    procedure_code = models.CharField(max_length=40)
    applicant = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="dossiers")
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    filed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    mandate = models.ForeignKey("people.Mandate", on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel)
    receiving_agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="dossiers")
    status = models.CharField(max_length=20, choices=Status, default=Status.FILED)
    answers = models.JSONField(default=dict)
    papers = models.JSONField(default=dict)
    by_data = models.JSONField(default=dict, help_text="paper → version of a record instead, as of filing")
    filed_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    clock_started_at = models.DateTimeField(null=True, help_text="when the deadline began to count, last")
    due_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    rating_token = models.CharField(max_length=43, unique=True)
    search = models.TextField(help_text="see ``finding``")
    revision = models.PositiveIntegerField(default=1)

    objects = DossierQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["agency", "status", "due_at"], name="dossier_agency_due"),
            models.Index(fields=["receiving_agency", "status", "due_at"], name="dossier_receiving_due"),
            models.Index(fields=["applicant", "-filed_at"], name="dossier_applicant"),
            models.Index(fields=["procedure_code", "-filed_at"], name="dossier_procedure"),
            models.Index(fields=["receiving_agency", "filed_at"], name="dossier_register"),
            models.Index(Upper("code"), name="dossier_code_any_case"),
            GinIndex(Words("search"), name="dossier_words"),
            # What the warnings look through: of a million dossiers, the few thousand whose clock runs.
            models.Index(
                fields=["due_at"],
                condition=Q(status__in=["accepted", "in_progress"]),
                name="dossier_running_due",
            ),
            # All a list of work asks of the open ones, so that it need not look at the rows.
            models.Index(
                fields=["procedure_code", "status"],
                include=["id", "due_at", "finished_at", "version"],
                condition=~Q(status__in=CLOSED),
                name="dossier_open",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="dossier_status_known"),
            models.UniqueConstraint(
                fields=["national_code"], condition=~Q(national_code=""), name="dossier_national_code_once"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(due_at__isnull=False),
                name="dossier_accepted_has_due_date",
            ),
        ]

    @property
    def state(self) -> Status:
        return Status(self.status)

    @property
    def came_from_portal(self) -> bool:
        """Tell whether it was filed on the national portal: it may have come with answers missing."""
        return bool(self.national_code)

    @property
    def national_status(self) -> int:
        """Return the status code 1–10 of the National Public Service Portal."""
        return NATIONAL_CODES[self.state]


class DossierDocument(Entity):
    """A paper the agency wrote in the course of the case: receipt, request, refusal, apology, stop notice."""

    class Kind(models.TextChoices):
        RECEIPT = "receipt"
        SUPPLEMENT = "supplement"
        REFUSAL = "refusal"
        APOLOGY = "apology"
        STOP = "stop"
        DUTY = "duty"
        REVOCATION = "revocation"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=12, choices=Kind)
    document = models.ForeignKey("papers.IssuedDocument", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
