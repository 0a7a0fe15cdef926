"""From what the portal sent to what it means here, with every reason why it does not mean anything yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from tinhso.definitions import catalogue
from tinhso.definitions.types import Procedure, QuestionType
from tinhso.exchange.models import Learned
from tinhso.exchange.national_portal.contract import DossierOfTheirs, FileOfTheirs
from tinhso.exchange.national_portal.rules import PortalRules, portal_rules
from tinhso.exchange.national_portal.standing import Standing, standing_of, standing_troubles
from tinhso.exchange.types import Choices, Trouble, Why
from tinhso.kernel.clock import VIETNAM
from tinhso.kernel.text import fold
from tinhso.people import queries as people
from tinhso.people.claims import ProvedIdentity
from tinhso.people.names import in_name_case
from tinhso.people.types import AgencyView

# Where facts about a person come from when the portal told them.
SOURCE = "national-portal"
ID_DIGITS, LEAST_NAMES = 12, 2


@dataclass(frozen=True)
class Reading:
    """
    One dossier of the portal, read with what officers chose for it.

    :param received_at: when it came, for want of a day of filing
    """

    theirs: DossierOfTheirs
    choices: Choices
    received_at: datetime

    @cached_property
    def rules(self) -> PortalRules:
        return portal_rules()

    @cached_property
    def procedure(self) -> Procedure | None:
        """Return the procedure here; None: nobody knows which."""
        theirs = self.theirs.MaTTHC
        known = self.choices.procedure or _learned(Learned.Kind.PROCEDURE, theirs)
        for code in (known, self.rules.procedures.get(theirs), theirs, self.rules.without_suffix(theirs)):
            try:
                if code:
                    return catalogue.current(code).procedure
            except catalogue.ProcedureMissing:
                continue
        return None

    @cached_property
    def unit(self) -> AgencyView | None:
        """Return the agency the portal means; None: nobody knows which."""
        if self.choices.agency_id is not None:
            return people.agency(self.choices.agency_id)
        every = people.agencies()
        for theirs in (self.theirs.DonViXuLy, self.theirs.NoiNopHoSo):
            found = _agency(theirs, every, self.rules.units) if theirs else None
            if found is not None:
                return found
        return None

    @cached_property
    def competent(self) -> AgencyView | None:
        """Return the agency that decides; None while procedure or unit are unknown."""
        if self.procedure is None:
            return None
        try:
            return people.competent_agency(self.procedure.agency, self.unit.unit_code if self.unit else "")
        except people.AgencyMissing:
            return None

    @cached_property
    def filed_at(self) -> datetime | None:
        """Return when it was filed there; None when the portal's day cannot be believed."""
        if self.choices.date_as_received:
            return self.received_at
        try:
            said = datetime.strptime(self.theirs.NgayNopHoSo, self.rules.dates).replace(tzinfo=VIETNAM)
        except ValueError:
            return None
        arrival = self.rules.arrival
        oldest = self.received_at - timedelta(days=arrival.oldest_days)
        if not oldest <= said <= self.received_at + timedelta(minutes=arrival.ahead_minutes):
            return None
        return min(said, self.received_at)

    @cached_property
    def is_organisation(self) -> bool:
        codes, identity = self.rules.codes, self.theirs.DinhDanhCHS.LoaiDinhDanh
        return self.theirs.LoaiDoiTuong in codes.kinds.organisation or (
            bool(identity) and identity == codes.identity["organisation"]
        )

    def standing(self, *, at: datetime) -> Standing:
        """Return the organisation it was filed for and who represents it now, as far as they are known."""
        procedure_code = self.procedure.code if self.procedure else ""
        return standing_of(self.theirs, procedure_code=procedure_code, at=at)

    @property
    def identity(self) -> ProvedIdentity | None:
        """Return who filed it, as far as the portal proves; None without a whole number and name."""
        number, name = self.theirs.DinhDanhCHS.SoDinhDanh, in_name_case(self.theirs.ChuHoSo)[:160]
        if not _is_personal_id(number) or len(name.split()) < LEAST_NAMES:
            return None
        return ProvedIdentity(
            provider=SOURCE,
            subject=number,
            # Level 2 lets a provider overwrite what is known; the portal's form is no register.
            assurance=1,
            personal_id=number,
            full_name=name,
            phone=self.theirs.SoDienThoai[:20],
            email=self.theirs.Email[:254] if "@" in self.theirs.Email else "",
        )

    @property
    def assurance(self) -> int:
        """Return the level of the account with which it was filed there."""
        return self.rules.codes.assurance.get(self.theirs.TaiKhoanDuocXacThucVoiVNeID, 1)

    def paper_of(self, file: FileOfTheirs) -> str | None:
        """Return the part of our dossier a file belongs to; empty for none, None: nobody knows."""
        if self.procedure is None:
            return None
        if (chosen := self.choices.papers.get(file.key)) is not None:
            return chosen
        parts, code = dict(parts_of(self.procedure)), file.MaThanhPhanHoSo
        if code:
            known = _learned(Learned.Kind.PAPER, code, scope=self.procedure.code)
            known = known or self.rules.papers.get(self.procedure.code, {}).get(code, "")
            if (known or code) in parts:
                return known or code
        stem = fold(file.TenTepDinhKem.rpartition(".")[0])
        return next((part for part, name in parts.items() if stem and fold(name) == stem), None)

    def troubles(self, *, at: datetime) -> tuple[Trouble, ...]:
        """Return all that stands in the way before a file is fetched."""
        found: list[Trouble] = []
        theirs = self.theirs
        if self.procedure is None:
            found.append(Trouble(Why.PROCEDURE_UNKNOWN, theirs.MaTTHC, theirs.TenTTHC[:200]))
        elif self.competent is None:
            found.append(Trouble(Why.UNIT_UNKNOWN, (theirs.DonViXuLy or theirs.NoiNopHoSo)[:200]))
        if self.is_organisation:
            found += standing_troubles(self.standing(at=at))
        elif self.identity is None:
            found.append(Trouble(Why.PERSON_UNKNOWN, theirs.ChuHoSo[:200]))
        if self.filed_at is None:
            found.append(Trouble(Why.DATE_WRONG, theirs.NgayNopHoSo[:40]))
        if self.procedure is not None:
            lost = (file for file in theirs.files if self.paper_of(file) is None)
            found += [Trouble(Why.PAPER_UNKNOWN, file.key[:300], file.TenTepDinhKem[:200]) for file in lost]
        return tuple(found)


def parts_of(procedure: Procedure) -> tuple[tuple[str, str], ...]:
    """Return what files may be handed in for: id and name of papers, then of questions that take files."""
    asked = (
        (one.id, one.label.vi) for page in procedure.form for one in page.ask if one.type is QuestionType.FILE
    )
    return (*((paper.id, paper.name.vi) for paper in procedure.papers), *asked)


def _agency(theirs: str, every: tuple[AgencyView, ...], units: Mapping[str, str]) -> AgencyView | None:
    known = _learned(Learned.Kind.UNIT, theirs)
    if known:
        return people.agency(UUID(known))
    code, name = units.get(theirs, theirs), fold(theirs)
    return next((one for one in every if one.code == code or fold(one.name) == name), None)


def _learned(kind: Learned.Kind, theirs: str, *, scope: str = "") -> str:
    if not theirs:
        return ""
    found = Learned.objects.filter(kind=kind, scope=scope, theirs=theirs[:200])
    return found.values_list("ours", flat=True).first() or ""


def _is_personal_id(text: str) -> bool:
    return len(text) == ID_DIGITS and text.isascii() and text.isdigit()
