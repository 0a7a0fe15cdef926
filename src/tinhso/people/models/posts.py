"""Posts: who holds which role in which agency, and who stands in for them."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q

from tinhso.kernel.clock import local
from tinhso.kernel.models import Entity
from tinhso.people.models.accounts import Account
from tinhso.people.models.agencies import Agency


class PostQuerySet(models.QuerySet["Post"]):
    """Posts in time."""

    def in_force(self, at: datetime) -> Self:
        """Keep the posts held on the Vietnamese day of the moment."""
        day = local(at).date()
        return self.filter(
            Q(until_on__isnull=True) | Q(until_on__gte=day),
            Q(ended_at__isnull=True) | Q(ended_at__gt=at),
            from_on__lte=day,
            agency__is_open=True,
        )

    def meeting(self, from_on: date, until_on: date | None) -> Self:
        """Keep the posts held on any of these days, both ends included; no end is for ever."""
        not_over = self.filter(Q(ended_at__isnull=True), Q(until_on__isnull=True) | Q(until_on__gte=from_on))
        return not_over if until_on is None else not_over.filter(from_on__lte=until_on)


class SubstitutionQuerySet(models.QuerySet["Substitution"]):
    """Absences in time."""

    def in_force(self, at: datetime) -> Self:
        """Keep those running at the moment, of posts that are themselves held then."""
        day = local(at).date()
        return self.filter(
            Q(post__until_on__isnull=True) | Q(post__until_on__gte=day),
            Q(post__ended_at__isnull=True) | Q(post__ended_at__gt=at),
            from_at__lte=at,
            until_at__gt=at,
            post__from_on__lte=day,
            post__agency__is_open=True,
        )


class Post(Entity):
    """
    One role in one agency, held by one account from a day to a day, both included.

    :param ended_at: the moment from which it no longer counts, when it was ended at once

    The database refuses the same role twice at once (exclusion ``post_no_overlap``, migration 0002).
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="posts")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=60)
    title = models.CharField(max_length=160)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        db_table = "people_post"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="post_ends_after_it_begins",
            )
        ]
        indexes = [models.Index(fields=["agency", "role"], name="post_by_role")]


class Substitution(Entity):
    """
    An absence: another account acts from the post from a moment up to a moment, the second one excluded.

    The database refuses two at once for one post (exclusion ``substitution_no_overlap``, migration 0002).
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="substitutions")
    substitute = models.ForeignKey(Account, models.PROTECT, related_name="substitutions")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    reason = models.CharField(max_length=240)

    objects = SubstitutionQuerySet.as_manager()

    class Meta:
        db_table = "people_substitution"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_at__gte=models.F("from_at")),
                name="substitution_ends_after_it_begins",
            )
        ]
