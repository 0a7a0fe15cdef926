"""Sentences an agency keeps to use again, where an act wants a reason."""

from tinhso.dossiers.desk import reason_templates
from tinhso.people.types import Actor


def own_reasons(actor: Actor, *, act: str) -> tuple[str, ...]:
    """Return the sentences for an act, those kept for it alone first; one query."""
    found = reason_templates(actor, act=act).order_by("-act", "text")
    return tuple(dict.fromkeys(found.values_list("text", flat=True)))
