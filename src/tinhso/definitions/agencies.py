"""Agencies as the packs list them; ``people`` keeps them as rows."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from tinhso.definitions.roles import whole
from tinhso.definitions.types import NO_TEXT, StepId, Strict, Text

FILE = "agencies.yaml"


class CollectingAccount(Strict):
    """
    An account that receives fees.

    :param bin: the bank, six digits
    :param name: the holder, capital letters without marks, as transfers write it
    :param test: the stand-in bank answers for it; pages that show it say «Môi trường thử»
    """

    bin: Annotated[str, StringConstraints(pattern=r"^\d{6}$")]
    number: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{4,19}$")]
    name: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9 .,-]{3,70}$")]
    test: bool = False


class AgencyEntry(Strict):
    """
    One agency.

    :param code: national identification code (QCVN 102), ``000.00.NN.H49``
    :param unit: code of the commune or province it serves
    :param parent: code of the agency above
    :param document_code: what stands after the number of its documents, ``UBND``
    :param dossier_code_pattern: of ``{agency} {yymmdd} {yyyymmdd} {serial:04}``; empty: the file's
    :param place: where its documents are dated
    :param accounts: by key, e.g. ``state_budget``
    """

    code: str
    name: Text
    kind: StepId
    unit: Annotated[str, StringConstraints(pattern=r"^\d{2}(\d{3})?$")]
    parent: str = ""
    document_code: str = ""
    dossier_code_pattern: str = ""
    place: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    accounts: dict[StepId, CollectingAccount] = Field(default_factory=dict)
    note: Text = NO_TEXT


class AgencyFile(Strict):
    """``packs/<province>/agencies.yaml``."""

    dossier_code_pattern: str
    agencies: tuple[AgencyEntry, ...]

    @model_validator(mode="after")
    def _codes_are_unique_and_parents_exist(self) -> "AgencyFile":
        codes = [agency.code for agency in self.agencies]
        if len(set(codes)) != len(codes):
            raise ValueError("two agencies have the same code")
        lost = [agency.parent for agency in self.agencies if agency.parent and agency.parent not in codes]
        if lost:
            raise ValueError(f"no agency has the code {lost[0]}")
        return self


def load_agencies(packs: Path, province: str) -> tuple[AgencyEntry, ...]:
    """
    Return the province's agencies, each with its dossier code pattern, parents before children.

    :raises BrokenPack: the file is wrong
    """
    file = whole(packs / province / FILE, AgencyFile)
    entries = [
        entry.model_copy(
            update={"dossier_code_pattern": entry.dossier_code_pattern or file.dossier_code_pattern}
        )
        for entry in file.agencies
    ]
    return tuple(sorted(entries, key=lambda entry: _depth(entry, entries)))


def account_keys(packs: Path) -> frozenset[str]:
    """Return the keys of collecting accounts that at least one agency of any province has."""
    files = [whole(path, AgencyFile) for path in sorted(packs.glob(f"*/{FILE}"))]
    return frozenset(key for file in files for agency in file.agencies for key in agency.accounts)


def _depth(entry: AgencyEntry, entries: list[AgencyEntry]) -> int:
    parents = {other.code: other.parent for other in entries}
    depth, code = 0, entry.parent
    while code and depth < len(parents):
        depth, code = depth + 1, parents.get(code, "")
    return depth
