"""A procedure file as a whole procedure, whether it was written whole or holds the facts only."""

from pathlib import Path

from pydantic import ValidationError

from tinhso.definitions.deriving.whole import derive
from tinhso.definitions.loading import LARGEST_FILE, Loaded, parse
from tinhso.definitions.standard import Standard, StandardProcedure, is_standard
from tinhso.definitions.types import Procedure


def read_source(path: Path) -> bytes:
    """Return the content of the file; of one that is too large, enough to see that it is."""
    with path.open("rb") as stream:
        return stream.read(LARGEST_FILE + 1)


def parse_procedure(content: bytes, standard: Standard | None, *, file: str) -> Loaded[Procedure]:
    """
    Return the procedure of a file's content, or every mistake that keeps it from being one.

    :param standard: None where the standard parts cannot be read; facts then give no procedure
    """
    if not is_standard(content):
        return parse(content, Procedure, file=file)
    facts = parse(content, StandardProcedure, file=file)
    if facts.patched is None or standard is None:
        missing = () if standard else (facts.places.mistake(("form",), "no-standard-parts"),)
        return Loaded(None, facts.places, facts.mistakes + missing)
    try:
        procedure = derive(facts.patched, standard)
    except (ValidationError, ValueError, LookupError) as problem:
        unfit = facts.places.mistake(("form",), "unfit-standard", detail=problem)
        return Loaded(None, facts.places, (*facts.mistakes, unfit))
    return Loaded(procedure if facts.value else None, facts.places, facts.mistakes, procedure)
