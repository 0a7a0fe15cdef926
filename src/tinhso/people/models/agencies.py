"""Agencies of the province, loaded from the packs."""

from django.db import models

from tinhso.kernel.models import Entity
from tinhso.people.models.persons import Person


class Agency(Entity):
    """
    A state agency. Rows follow ``packs/<province>/agencies.yaml``; one that leaves the file is closed.

    :param code: national code of the agency (mã định danh), unique
    :param unit_code: the commune or province it serves
    :param document_code: what stands after the number of its documents, e.g. ``UBND``
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=240)
    name_en = models.CharField(max_length=240, blank=True)
    kind = models.CharField(max_length=60)
    unit_code = models.CharField(max_length=5)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    document_code = models.CharField(max_length=40, blank=True)
    dossier_code_pattern = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=240, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    accounts = models.JSONField(default=dict)
    is_open = models.BooleanField(default=True)

    class Meta:
        db_table = "people_agency"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "unit_code"],
                condition=models.Q(is_open=True),
                name="agency_one_of_a_kind_per_unit",
            )
        ]


class AgencyContact(Entity):
    """A person has dealings with an agency; its officers may find them by name from then on."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="contacts")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        db_table = "people_agency_contact"
        constraints = [models.UniqueConstraint(fields=["person", "agency"], name="agency_contact_once")]
