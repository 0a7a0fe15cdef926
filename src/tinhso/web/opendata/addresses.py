"""Whole addresses that leave the site: in files, catalogues and QR codes."""

from django.conf import settings
from django.urls import reverse

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.edge.open_data import tables
from tinhso.edge.open_data.catalogue import Addresses
from tinhso.registers import public


def whole(path: str) -> str:
    """Return the whole address of a path, under the name the installation is known by."""
    return f"{settings.TINHSO.base_url.rstrip('/')}{path}"


def page_of(definition: RegisterDefinition) -> str:
    return reverse("opendata:register", args=[definition.id])


def file_of(definition: RegisterDefinition, suffix: str) -> str:
    return reverse("opendata:file", args=[definition.id, suffix])


def record_of(definition: RegisterDefinition, key: str) -> str:
    """Return the address of a record's page; empty where nobody may ask by its key."""
    if not key or definition.public is None or not definition.public.look_up:
        return ""
    return reverse("opendata:record", args=[definition.id, key])


def addresses() -> Addresses:
    """Return what the catalogue tells of."""
    found = public.published()
    return Addresses(
        home=whole(reverse("opendata:home")),
        licence=whole(reverse("opendata:licence")),
        ogc=whole(reverse("ogc:landing")),
        pages={one.id: whole(page_of(one)) for one in found},
        files={
            one.id: {form.suffix: whole(file_of(one, form.suffix)) for form in tables.formats(one)}
            for one in found
        },
    )
