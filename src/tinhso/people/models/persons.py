"""Persons and organisations: whom the state knows, whether or not they ever sign in."""

from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import Q

from tinhso.kernel.models import Entity
from tinhso.kernel.text import fold, name_sort_key, normalise
from tinhso.people.types import Actor, ActorKind


class Sex(models.TextChoices):
    MALE = "male"
    FEMALE = "female"


class BirthPrecision(models.TextChoices):
    """How much of a birth date the papers prove; many older people have only a year."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


# Roles whose daily work is to meet any resident of the unit; others see those their agency deals with.
ROLES_THAT_MEET_RESIDENTS = frozenset({"one_stop", "civil_status_officer"})


class PersonQuerySet(models.QuerySet["Person"]):
    """Persons, by who asks."""

    def visible_to(self, actor: Actor) -> Self:
        """
        Keep the persons whose data the actor may read.

        A citizen: oneself and those who gave a mandate. An officer: those their agencies deal with, those
        assisted today, and for the counter and civil status also residents of the unit. The system: all.
        """
        if actor.kind is ActorKind.SYSTEM:
            return self
        if actor.kind is ActorKind.CITIZEN:
            return self.filter(pk__in=actor.on_behalf_of | {actor.person_id})
        if actor.kind is ActorKind.OFFICER:
            # A subquery, so that a person known to two agencies comes once.
            return self.filter(pk__in=self.model.objects.filter(_known_to_officer(actor)).values("pk"))
        return self.none()

    def named(self, words: str) -> Self:
        """Keep those whose name has every word, however it was typed; the last word may be unfinished."""
        parts = ["".join(filter(str.isalnum, word)) for word in fold(words).split()]
        parts = [part for part in parts if part]
        if not parts:
            return self.none()
        query = SearchQuery(" & ".join([*parts[:-1], parts[-1] + ":*"]), config="simple", search_type="raw")
        return self.annotate(name_vector=SearchVector("search", config="simple")).filter(name_vector=query)

    def in_name_order(self) -> Self:
        """Order as Vietnamese lists do: by given name."""
        return self.order_by("given_name_key", "search", "pk")


def _known_to_officer(actor: Actor) -> Q:
    known = Q(contacts__agency_id__in=actor.agency_ids) | Q(pk__in=actor.on_behalf_of)
    units = {
        post.unit_code for post in actor.posts if post.role in ROLES_THAT_MEET_RESIDENTS and post.unit_code
    }
    return known | Q(residence_commune__in=units) if units else known


class Person(Entity):
    """
    A human being.

    :param personal_id: 12 digits; opaque, nothing is ever read out of them (old province codes stay in them)
    :param born_on: first day of the month or year when ``born_precision`` says no more is proved
    :param sources: fact name → ``{"source": provider or «counter:<agency code>», "checked_at": ISO 8601}``
    """

    personal_id = models.CharField(max_length=12, null=True, unique=True)
    full_name = models.CharField(max_length=160)
    search = models.CharField(max_length=160, editable=False)
    given_name_key = models.CharField(max_length=40, editable=False)
    born_on = models.DateField(null=True)
    born_precision = models.CharField(
        max_length=5, choices=BirthPrecision.choices, default=BirthPrecision.DAY
    )
    sex = models.CharField(max_length=6, choices=Sex.choices, blank=True)
    nationality = models.CharField(max_length=60, blank=True)
    ethnicity = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.CharField(max_length=254, blank=True)
    residence_commune = models.CharField(max_length=5, blank=True)
    residence_detail = models.CharField(max_length=240, blank=True)
    sources = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    objects = PersonQuerySet.as_manager()

    class Meta:
        db_table = "people_person"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(personal_id__isnull=True) | models.Q(personal_id__regex=r"^[0-9]{12}$"),
                name="person_personal_id_has_12_digits",
            )
        ]
        indexes = [
            GinIndex(SearchVector("search", config="simple"), name="person_search"),
            models.Index(fields=["given_name_key", "search"], name="person_by_given_name"),
            models.Index(fields=["residence_commune"], name="person_residence"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold_name()
        super().save(*args, **kwargs)

    def fold_name(self) -> None:
        """Keep the folded columns in step with the name; whoever writes many rows at once calls it."""
        self.full_name = normalise(self.full_name)
        given, self.search = name_sort_key(self.full_name)
        self.given_name_key = given[:40]


# A unit of an enterprise adds three digits; a household business has its owner's personal id (from 2025).
TAX_CODE = r"^[0-9]{10}(-[0-9]{3})?$|^[0-9]{12}$"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations, by who asks."""

    def visible_to(self, actor: Actor) -> Self:
        """
        Keep the organisations the actor may read.

        A citizen: those they represent. An officer: those represented by a person their agencies know; a
        household business has its owner's number, so nobody may try numbers. The system: all.
        """
        if actor.kind is ActorKind.SYSTEM:
            return self
        if actor.kind is ActorKind.CITIZEN:
            held = {one.principal_organisation_id for one in actor.mandates if one.principal_organisation_id}
            return self.filter(Q(pk__in=held) | Q(representative_id=actor.person_id))
        if actor.kind is ActorKind.OFFICER:
            known = Person.objects.visible_to(actor).values("pk")
            by_known = Q(representative__in=known) | Q(mandates_given__agent__in=known)
            return self.filter(pk__in=self.model.objects.filter(by_known).values("pk"))
        return self.none()


class Organisation(Entity):
    """A business, co-operative or association, known by its tax code."""

    tax_code = models.CharField(max_length=14, null=True, unique=True)
    name = models.CharField(max_length=240)
    search = models.CharField(max_length=240, editable=False)
    kind = models.CharField(max_length=40, blank=True)
    representative = models.ForeignKey(Person, models.PROTECT, null=True, related_name="represents")
    sources = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        db_table = "people_organisation"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tax_code__isnull=True) | models.Q(tax_code__regex=TAX_CODE),
                name="organisation_tax_code_shape",
            )
        ]
        indexes = [GinIndex(SearchVector("search", config="simple"), name="organisation_search")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded column in step with the name."""
        self.name = normalise(self.name)
        self.search = fold(self.name)
        super().save(*args, **kwargs)
