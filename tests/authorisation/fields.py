"""Which field of which register who sees, asked of the API as everybody does."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests import people_kit
from tests import registers_kit as kit
from tests.api_kit import Caller
from tinhso.definitions.registers.reading import registers
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.people.types import Actor

FILE = Path(__file__).with_name("fields.tsv")
HEAD = (
    "# Fields of registers and who reads them: yes, or - where the field does not exist for them.\n"
    "# subject: whom it is about; department: a specialist of who keeps it; the others: of a commune."
)
# Column → role in the commune's committee.
IN_COMMUNE = ("one_stop", "civil_status_officer", "specialist", "chairperson")
COLUMNS = ("anonymous", "subject", *IN_COMMUNE, "department", "supervisor")
Cells = tuple[str, ...]


def everybody() -> Mapping[str, Callable[[RegisterDefinition], Caller | None]]:
    """Return who asks, by column; of some registers no department reads."""
    citizen = people_kit.citizen("022191004512")
    commune = {role: Caller(kit.officer(role)) for role in IN_COMMUNE}
    others = {
        "anonymous": Caller(),
        "subject": Caller(citizen),
        "supervisor": Caller(kit.officer("supervisor", unit="22", kind="province_committee")),
        **commune,
    }
    found: dict[str, Callable[[RegisterDefinition], Caller | None]] = {
        name: (lambda _one, caller=caller: caller)  # type: ignore[misc]
        for name, caller in others.items()
    }
    found["department"] = department
    return {name: found[name] for name in COLUMNS}


def department(definition: RegisterDefinition) -> Caller | None:
    """Return a specialist of the first department that reads the whole province's records."""
    for grant in (*definition.access.read, *definition.access.write):
        if grant.scope == "province" and "specialist" in grant.roles and grant.agencies:
            return Caller(_specialist(grant.agencies[0]))
    return None


def _specialist(kind: str) -> Actor:
    return kit.officer("specialist", unit="22", kind=kind)


def measured() -> Iterator[str]:
    """Yield a line for each register and each group of fields that the same people see."""
    asking = everybody()
    for definition in sorted(registers().values(), key=lambda one: one.id):
        seen = {name: _seen(caller(definition), definition.id) for name, caller in asking.items()}
        groups: dict[Cells, list[str]] = {}
        for field in definition.fields:
            cells = tuple("yes" if field.id in seen[name] else "-" for name in COLUMNS)
            groups.setdefault(cells, []).append(field.id)
        for cells, names in groups.items():
            yield "\t".join([definition.id, *cells, " ".join(names)])


def _seen(caller: Caller | None, register_id: str) -> frozenset[str]:
    if caller is None:
        return frozenset()
    response = caller.ask("GET", f"/registers/{register_id}")
    if response.status_code == 404:
        return frozenset()
    return frozenset(field["id"] for field in response.json()["fields"])
