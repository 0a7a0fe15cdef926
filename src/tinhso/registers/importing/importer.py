"""A file, from its bytes to records: read, matched, imported, with everything that was guessed told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tinhso.definitions.registers.reading import register
from tinhso.kernel.refusals import Invalid
from tinhso.people.types import Actor, system
from tinhso.registers.actions.import_records import import_records
from tinhso.registers.importing.matching import matched, values_of
from tinhso.registers.importing.reading import read_sheet
from tinhso.registers.types import ImportReport

IMPORTER = system("import")


class NothingMatched(Invalid):
    code = "register-file-no-match"
    message = _("Không cột nào của tệp trùng với mục của sổ. Hãy chọn cột cho từng mục.")


@dataclass(frozen=True, slots=True)
class Imported:
    """
    :param kind: encoding: delimiter: what was guessed of the file
    :param mapping: column → field; ``unmatched``: columns that went nowhere
    """

    kind: str
    encoding: str
    delimiter: str
    mapping: Mapping[str, str]
    unmatched: tuple[str, ...]
    report: ImportReport


def import_file(
    *,
    at: datetime,
    register_id: str,
    name: str,
    content: bytes,
    actor: Actor = IMPORTER,
    mapping: Mapping[str, str] | None = None,
    dry_run: bool = False,
) -> Imported:
    """
    Import a file into a register.

    :param mapping: column → field, over what the names of the columns say by themselves
    :raises FileUnreadable, NoColumns, NothingMatched: the file
    :raises Refusal: see ``actions.import_records``
    """
    definition = register(register_id)
    sheet = read_sheet(name, content)
    chosen = {**matched(definition, sheet.columns), **(mapping or {})}
    if not chosen:
        raise NothingMatched
    report = import_records(
        actor=actor,
        at=at,
        register_id=register_id,
        rows=(values_of(row, chosen) for row in sheet.rows()),
        reference=name,
        dry_run=dry_run,
    )
    unmatched = tuple(column for column in sheet.columns if column and column not in chosen)
    return Imported(sheet.kind, sheet.encoding, sheet.delimiter, chosen, unmatched, report)
