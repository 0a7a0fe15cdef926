"""
What records hold and the packs no longer say: a field, or a whole register, that would vanish from sight.

History keeps every value for ever; this is about what we hold for true now.
"""

from collections.abc import Iterator
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext_lazy as _

from tinhso.definitions.loading import load
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.places import Places
from tinhso.definitions.registers.reading import register_files
from tinhso.definitions.registers.types import GEOMETRY, RegisterDefinition
from tinhso.kernel.refusals import Conflict

# Versions written under the present words of the file hold nothing that it does not name.
_HELD = """
SELECT name, count(*) FROM register_version, LATERAL jsonb_object_keys("values") AS name
WHERE register = %(register)s AND known_to IS NULL AND event <> 'CANCEL' AND definition <> %(definition)s
GROUP BY name ORDER BY name
"""
_SHAPES = """
SELECT count(*) FROM register_version
WHERE register = %(register)s AND known_to IS NULL AND event <> 'CANCEL' AND geometry IS NOT NULL
"""
_REGISTERS = """
WITH RECURSIVE found AS (
  (SELECT register FROM register_version ORDER BY register LIMIT 1)
  UNION ALL
  SELECT (SELECT register FROM register_version WHERE register > found.register ORDER BY register LIMIT 1)
  FROM found WHERE found.register IS NOT NULL
) SELECT register FROM found WHERE register IS NOT NULL
"""
_IN_FORCE = """
SELECT count(*) FROM register_version
WHERE register = %(register)s AND known_to IS NULL AND event <> 'CANCEL'
"""


class FieldStillHeld(Conflict):
    code = "register-field-held"
    message = _("%(problem)s %(remedy)s")


def mistakes(packs: Path) -> Iterator[Mistake]:
    """Yield a mistake for each field and register that the packs dropped and records still have."""
    held = {str(one) for one in _ask(_REGISTERS)}
    kept: set[str] = set()
    for file in register_files(packs):
        loaded = load(file, RegisterDefinition)
        if loaded.patched is not None and loaded.patched.id in held:
            kept.add(loaded.patched.id)
            yield from _of_register(loaded.patched, loaded.places)
        elif file.stem in held:
            kept.add(file.stem)  # a file with a mistake of its own, told elsewhere
    for name in sorted(held - kept):
        count = next(iter(_ask(_IN_FORCE, register=name)), 0)
        if count:
            yield Mistake(str(packs), 1, 1, "register-gone", {"name": name, "count": str(count)})


def require_none(packs: Path) -> None:
    """:raises FieldStillHeld: the packs dropped what records still have; nobody is served by such packs"""
    for one in mistakes(packs):
        raise FieldStillHeld(problem=f"{one.file}: {one.problem}", remedy=one.remedy)


def _of_register(definition: RegisterDefinition, places: Places) -> Iterator[Mistake]:
    asked = {"register": definition.id, "definition": definition.fingerprint}
    with connection.cursor() as cursor:
        cursor.execute(_HELD, asked)
        rows = cursor.fetchall()
    for name, count in rows:
        if name not in definition.by_id:
            yield places.mistake(("fields",), "register-field-held", name=name, count=str(count))
    if not any(one.type in GEOMETRY for one in definition.fields):
        shapes = next(iter(_ask(_SHAPES, register=definition.id)), 0)
        if shapes:
            yield places.mistake(("fields",), "register-field-held", name="geometry", count=str(shapes))


def _ask(statement: str, **asked: str) -> list[object]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return [row[0] for row in cursor.fetchall()]
