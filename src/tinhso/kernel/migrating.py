"""First migrations that cost little: indexes and constraints stand in the table they belong to."""

from collections.abc import Iterable

from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation


def folded(operations: Iterable[Operation]) -> list[Operation]:
    """
    Return the operations with each index and constraint in the step that makes its table, where it can be.

    Django writes a step for each, and every step draws all models anew: of a hundred and seventy steps that
    takes longer than all the rest. A table that gets a field in a later step keeps its own later steps.
    """
    kept: list[Operation] = []
    made: dict[str, CreateModel] = {}
    for operation in operations:
        if isinstance(operation, CreateModel):
            made[operation.name_lower] = operation
        elif isinstance(operation, AddField):
            made.pop(operation.model_name_lower, None)
        elif isinstance(operation, AddIndex | AddConstraint) and operation.model_name_lower in made:
            _put_into(made[operation.model_name_lower], operation)
            continue
        kept.append(operation)
    return kept


def _put_into(table: CreateModel, operation: AddIndex | AddConstraint) -> None:
    if isinstance(operation, AddIndex):
        table.options.setdefault("indexes", []).append(operation.index)
    else:
        table.options.setdefault("constraints", []).append(operation.constraint)
