"""A relation as a filter: what was typed is found as a record, by its key or by words."""

from collections.abc import Iterator
from dataclasses import replace

from tinhso.definitions.registers.types import FieldType, RegisterDefinition, RegisterField
from tinhso.forms.types import FieldError
from tinhso.people.types import Actor
from tinhso.registers.types import Moment
from tinhso.web.registers import forms
from tinhso.web.registers.asking import PREFIX, Asked


def with_relations(actor: Actor, definition: RegisterDefinition, asked: Asked) -> Asked:
    """
    Return the question with records in the place of what was typed for them.

    What means none, or several, is an error and narrows nothing; of several one can be chosen.
    """
    filters, typed, found = dict(asked.filters), dict(asked.typed), {}
    errors: list[FieldError] = []
    for one in _relations(definition, asked):
        views = forms.records_named(actor, one, asked.filters[one.id], Moment(asked.moment.valid))
        found[one.id] = forms.named(one, views)
        if len(views) == 1:
            filters[one.id] = str(views[0].id)
            typed[f"{PREFIX}{one.id}"] = views[0].key or str(views[0].id)
        else:
            box = f"{PREFIX}{one.id}"
            errors.append(forms.which(one, filters.pop(one.id), found[one.id], box))
    if not found:
        return asked
    return replace(asked, filters=filters, typed=typed, found=found, errors=(*asked.errors, *errors))


def _relations(definition: RegisterDefinition, asked: Asked) -> Iterator[RegisterField]:
    for name in asked.filters:
        if definition.by_id[name].type is FieldType.RELATION:
            yield definition.by_id[name]
