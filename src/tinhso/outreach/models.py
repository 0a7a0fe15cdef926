"""What was proposed to whom, what was reminded of, and what people want to hear no more of."""

from typing import Self

from django.db import models
from django.db.models import Q

from tinhso.kernel.models import Entity
from tinhso.people.types import Actor, ActorKind


def _own(actor: Actor) -> Q:
    """Keep what is the actor's own: who acts for another is told nothing of their life."""
    if actor.kind is not ActorKind.CITIZEN or actor.person_id is None:
        return Q(pk__in=[])
    return Q(person_id=actor.person_id)


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep what was proposed to the actor themselves."""
        return self.filter(_own(actor))


class RefusalQuerySet(models.QuerySet["SuggestionRefusal"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep what the actor themselves refused."""
        return self.filter(_own(actor))


class Suggestion(Entity):
    """
    Something that comes due for a person, proposed by a rule of the packs.

    :param rule: id of the rule in ``packs/*/proactive``
    :param key: the fact it is about: a dossier's id, or ``self``
    :param about: the name of who it is about, of a dossier; empty for the person themselves
    :param due_on: the day the rule counts to
    :param level: 1 a reminder, 2 with the form prepared (Decree 224/2026/NĐ-CP Article 16)
    :param procedure_code: what may be filed then; empty where nothing is filed here
    :param facts: where each fact was found: ``{"kind": "dossier" | "account", "code": …, "question": …}``
    :param answers: what the form begins with, at level 2
    :param draft: the form that was made of it, once the person opened it
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=60)
    key = models.CharField(max_length=60)
    about = models.CharField(max_length=160, blank=True)
    due_on = models.DateField()
    level = models.PositiveSmallIntegerField()
    procedure_code = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    draft = models.ForeignKey("dossiers.Draft", on_delete=models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField()

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "rule", "key", "due_on"], name="suggested_once"),
            models.CheckConstraint(condition=Q(level__in=[1, 2]), name="suggestion_level_known"),
        ]


class SuggestionRefusal(Entity):
    """
    A person does not want to hear of a matter any more; kept, also when it is taken back.

    :param rule: id of a rule, or ``result_expires``
    :param key: the fact or the document it is about
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=60)
    key = models.CharField(max_length=60)
    refused_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    objects = RefusalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "rule", "key"],
                condition=Q(taken_back_at__isnull=True),
                name="refused_once",
            ),
        ]


class ExpiryReminder(Entity):
    """The holder of a result was told that it is valid only so many days longer: once for each such day."""

    document = models.ForeignKey("papers.IssuedDocument", on_delete=models.PROTECT, related_name="+")
    days_before = models.PositiveSmallIntegerField()
    reminded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "days_before"], name="reminded_once"),
        ]
