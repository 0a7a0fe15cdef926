"""A proved fact as people read it."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from tinhso.web.templatetags.look import day, grouped


def value_in_words(name: str, value: object, *, commune: Callable[[str], str]) -> str:
    """:param commune: gives the name of a commune for its code"""
    if name == "applicant.born_on":
        return day(date.fromisoformat(str(value)))
    if name == "applicant.sex":
        return {"male": _("Nam"), "female": _("Nữ")}.get(str(value), str(value))
    if name == "applicant.personal_id":
        return grouped(str(value))
    if isinstance(value, dict):
        return ", ".join(part for part in (value.get("detail", ""), commune(value["commune"])) if part)
    return str(value)
