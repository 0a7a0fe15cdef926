"""A file, from its bytes to records: read, matched, imported, with everything that was guessed told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from tinhso.definitions.registers.reading import register
from tinhso.people.types import Actor, system
from tinhso.registers.actions.import_file import LOOKED_AT, NothingMatched
from tinhso.registers.actions.import_records import import_records
from tinhso.registers.importing.guessing import date_orders
from tinhso.registers.importing.matching import matched, values_of
from tinhso.registers.importing.reading import read_sheet
from tinhso.registers.types import ImportReport

IMPORTER = system("import")


@dataclass(frozen=True, slots=True)
class Imported:
    """
    :param kind: encoding: delimiter: what was guessed of the file
    :param mapping: column → field; ``unmatched``: columns that went nowhere
    :param guessed: column → order of its dates
    """

    kind: str
    encoding: str
    delimiter: str
    mapping: Mapping[str, str]
    unmatched: tuple[str, ...]
    report: ImportReport
    guessed: Mapping[str, str] = field(default_factory=dict)


def import_file(
    *,
    at: datetime,
    register_id: str,
    file: Path,
    actor: Actor = IMPORTER,
    mapping: Mapping[str, str] | None = None,
    dry_run: bool = False,
) -> Imported:
    """
    Import a file in one go, for the command line; pages do it as a job, see ``actions.import_file``.

    :param file: its ending says what it is
    :param mapping: column → field, over what the names of the columns say by themselves
    :raises FileUnreadable, NoColumns, NothingMatched: the file
    :raises Refusal: see ``actions.import_records``
    """
    definition = register(register_id)
    sheet = read_sheet(file)
    chosen = {**matched(definition, sheet.columns), **(mapping or {})}
    if not chosen:
        raise NothingMatched
    guessed = date_orders(definition, chosen, islice(sheet.rows(), LOOKED_AT))
    report = import_records(
        actor=actor,
        at=at,
        register_id=register_id,
        rows=(values_of(row, chosen, guessed) for row in sheet.rows()),
        reference=file.name,
        dry_run=dry_run,
    )
    unmatched = tuple(column for column in sheet.columns if column and column not in chosen)
    return Imported(sheet.kind, sheet.encoding, sheet.delimiter, chosen, unmatched, report, guessed)
