"""
The units as rows, for statistics that join them and for the database to guard them.

Questions are answered by the atlas (``queries``), from the same files; nobody writes these rows but
``actions.load_units``.
"""

from django.db import models

from tinhso.territory.types import Kind, Level


class UnitRow(models.Model):
    """
    A unit while it was in force, ``valid_from`` ≤ day < ``valid_until``; null is open.

    Migration 0002 lets no two rows of one code overlap.
    """

    key = models.CharField(primary_key=True, max_length=16)
    code = models.CharField(max_length=5)
    name = models.CharField(max_length=80)
    folded = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in Kind])
    level = models.CharField(max_length=8, choices=[(level.value, level.value) for level in Level])
    parent_code = models.CharField(max_length=5, blank=True)
    province_code = models.CharField(max_length=2)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)

    class Meta:
        db_table = "territory_unit"
        indexes = [
            models.Index(fields=["parent_code", "code"], name="territory_parent"),
            models.Index(fields=["province_code", "level"], name="territory_province"),
            models.Index(fields=["folded"], name="territory_folded"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^(\d{2}|\d{3}|\d{5})$"), name="territory_code_shape"
            ),
        ]


class SuccessionRow(models.Model):
    """What became of a unit on a day; see ``types.Succession``."""

    key = models.CharField(primary_key=True, max_length=24)
    before = models.ForeignKey(UnitRow, on_delete=models.CASCADE, related_name="heirs")
    after = models.ForeignKey(UnitRow, on_delete=models.CASCADE, related_name="fathers")
    on = models.DateField()
    kind = models.CharField(max_length=8)
    main = models.BooleanField()
    law = models.CharField(max_length=60)

    class Meta:
        db_table = "territory_succession"


class Loading(models.Model):
    """Which content of the files the rows hold."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        db_table = "territory_loading"


class Boundary(models.Model):
    """
    The boundary of a unit while it was in force, as an operator brought it in; see ``boundaries``.

    :param key: code and first day, as ``UnitRow.key``
    :param geometry: GeoJSON of a MultiPolygon in WGS 84; ``fine`` and ``coarse`` are simpler ones
    :param longitude: latitude: where the name stands
    :param source: the file and what was said of it
    :param digest: SHA-256 of what the file said, so that the same again is no change
    """

    key = models.CharField(primary_key=True, max_length=16)
    code = models.CharField(max_length=5)
    province_code = models.CharField(max_length=2)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    geometry = models.JSONField()
    fine = models.JSONField()
    coarse = models.JSONField()
    longitude = models.FloatField()
    latitude = models.FloatField()
    source = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        db_table = "territory_boundary"
        indexes = [models.Index(fields=["loaded_at"], name="territory_boundary_loaded")]
