"""For which organisation a dossier of the portal was filed, and who of those known here may act for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tinhso.exchange.national_portal.contract import DossierOfTheirs
from tinhso.exchange.types import Trouble, Why
from tinhso.kernel.text import fold
from tinhso.people import queries as people
from tinhso.people.types import OrganisationView, RepresentativeView, system

READER = system("national_portal")


@dataclass(frozen=True, slots=True)
class Standing:
    """
    :param number: tax code as the portal gives it; empty for none
    :param name: the organisation's name there
    :param organisation: known here under the number; None: nobody wrote it down yet
    :param representatives: who may act for it in the procedure now
    """

    number: str
    name: str
    organisation: OrganisationView | None
    representatives: tuple[RepresentativeView, ...] = ()

    @property
    def has_same_name(self) -> bool:
        return self.organisation is not None and fold(self.organisation.name) == fold(self.name)

    @property
    def agent(self) -> RepresentativeView | None:
        """
        Return who acts: who represents it by law, else the only one with a mandate.

        The payload names the organisation alone. Of several agents nobody can say which of them filed.
        """
        able = [one for one in self.representatives if one.account_id is not None]
        by_law = [one for one in able if one.is_by_law]
        if by_law:
            return by_law[0]
        return able[0] if len(able) == 1 else None


def standing_of(theirs: DossierOfTheirs, *, procedure_code: str, at: datetime) -> Standing:
    """
    Look the organisation and its representatives up.

    :param procedure_code: ours; empty while it is unknown, then nobody's mandate reaches it
    """
    number = (theirs.DinhDanhCHS.SoDinhDanh or theirs.MaDoiTuong).strip()
    known = people.organisation_by_tax_code(actor=READER, tax_code=number) if number else None
    if known is None or not procedure_code:
        return Standing(number, theirs.ChuHoSo, known)
    found = people.representatives_of(
        actor=READER, organisation_id=known.id, procedure_code=procedure_code, at=at
    )
    return Standing(number, theirs.ChuHoSo, known, found)


def standing_troubles(standing: Standing) -> Iterator[Trouble]:
    """Yield why it cannot be filed for the organisation yet."""
    about = " · ".join(filter(None, (standing.name[:160], standing.number[:40])))
    if standing.organisation is None:
        yield Trouble(Why.ORGANISATION, about)
    elif not standing.has_same_name:
        yield Trouble(Why.ORGANISATION_NAME, about)
    elif not standing.representatives:
        yield Trouble(Why.REPRESENTATIVE, about)
    elif standing.agent is None:
        yield Trouble(
            Why.REPRESENTATIVES, about, ", ".join(one.full_name for one in standing.representatives)
        )
