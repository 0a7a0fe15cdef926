"""Officers at their desks and dossiers on their way, for whoever looks at every page of the desk."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.test import Client

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import Province
from tests.e2e.pages_kit import Act, Stage, Stop
from tests.people_kit import PASSWORD, SECRET
from tinhso.definitions.types import Step
from tinhso.dossiers import queries
from tinhso.dossiers.actions.accept import accept_dossier
from tinhso.dossiers.actions.advance import advance_step
from tinhso.dossiers.actions.deliver import deliver_result
from tinhso.dossiers.actions.give_opinion import give_opinion
from tinhso.dossiers.actions.sign_result import sign_result
from tinhso.dossiers.models import Consultation, Dossier, StepRun
from tinhso.payments import queries as payments
from tinhso.people import actions as people
from tinhso.people.models import Agency
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor

REASON = "Giấy chứng sinh không đọc được số và ngày; đã gọi điện ba lần nhưng người nộp không nghe máy."
Given = dict[str, Any]
LONG_NAME = "Nguyễn Hoàng Phương Quỳnh Trâm Anh Thị Ngọc Diễm Hương Giang Thanh Thảo"
LONG_TITLE = "Công chức tư pháp – hộ tịch, kiêm nhiệm tiếp nhận và trả kết quả tại bộ phận một cửa"


class DeskWorld:
    """
    A province whose officers have signed in when they first look at something.

    :param readers: names of those who look at each state; one alone takes turns between alike states
    """

    def __init__(self, province: Province, readers: Collection[str]) -> None:
        self.province, self.at, self.readers = province, province.at, readers
        self._turn = 0
        self._sessions: dict[str, str] = {}
        self.stage = Stage(sessions=self._sessions)

    def stop(
        self,
        route: str,
        state: str,
        who: Actor | None,
        *,
        query: str = "",
        start: str = "",
        acts: tuple[Act, ...] = (),
        status: int = 200,
        **given: object,
    ) -> Stop:
        """Return one state of one page; ``given`` fills the address."""
        parts = {name: str(value) for name, value in given.items()}
        name = "-".join((route, *filter(None, (parts.get("slug"), state)))).replace(" ", "-")
        return Stop(
            name=name.replace(":", "-"),
            route=route,
            who=self._seat(who) if who else "",
            given=parts,
            query=query,
            start=start,
            acts=acts,
            status=status,
        )

    def either(self, *stops: Stop) -> tuple[Stop, ...]:
        """Return all of these stops, or one of them, the next the next time, for a reader alone."""
        if len(self.readers) > 1:
            return stops
        self._turn += 1
        return (stops[self._turn % len(stops)],)

    def citizen(self) -> Actor:
        """Return somebody whose name tries the width of every column."""
        return self.province.citizen("000195000102", full_name=LONG_NAME)

    def colleague(self, dossier_id: UUID) -> Actor:
        """Return a second officer for the open step."""
        run, at = run_of(dossier_id), self.at
        account_id = people.enrol_officer(
            actor=kit.SYSTEM,
            at=at,
            username=f"dong-nghiep-{dossier_id.hex[-6:]}",
            password=PASSWORD,
            full_name=LONG_NAME,
            totp_secret=SECRET,
        )
        people.appoint(
            actor=kit.SYSTEM,
            at=at,
            account_id=account_id,
            agency_id=run.agency_id,
            role=run.role,
            title=LONG_TITLE,
            from_on=at.date() - timedelta(days=30),
        )
        return actor_of(account_id, at=at)

    def officer(self, dossier_id: UUID) -> Actor:
        """Return who has the open step."""
        run = run_of(dossier_id)
        return self.province.officer(run.role, run.agency.kind)

    def asked(self, question: Consultation) -> Actor:
        """Return who is to answer."""
        return self.province.officer(question.role, Agency.objects.get(pk=question.agency_id).kind)

    def owes(self, dossier_id: UUID) -> bool:
        bills = payments.bills_of_subject(actor=self.province.officer("one_stop"), subject_id=dossier_id)
        return any(bill.is_open for bill in bills)

    def move_on(self, dossier_id: UUID) -> None:
        """Do what the open step is for, whoever must be asked first being asked."""
        run, officer, at = run_of(dossier_id), self.officer(dossier_id), self.at
        step, found = step_of(dossier_id), desk.found(dossier_id)
        for question in Consultation.objects.filter(dossier_id=dossier_id, answered_at=None):
            self.answer(question, "agree")
        if run.step == "receive":
            accept_dossier(actor=officer, at=at, dossier_id=dossier_id, found=found)
        elif step.signs:
            sign_result(actor=officer, at=at, dossier_id=dossier_id, found=found)
        elif step.returns:
            deliver_result(actor=officer, at=at, dossier_id=dossier_id)
        else:
            advance_step(actor=officer, at=at, dossier_id=dossier_id, found=found)

    def answer(self, question: Consultation, opinion: str, text: str = "") -> None:
        give_opinion(
            actor=self.asked(question),
            at=self.at,
            dossier_id=question.dossier_id,
            consultation_id=question.pk,
            opinion=opinion,
            text=text,
        )

    def _seat(self, who: Actor) -> str:
        name = str(who.signed_in_as)
        if name not in self._sessions:
            client = Client()
            desk.enter(client, who)
            self._sessions[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
        return name


def run_of(dossier_id: UUID) -> StepRun:
    """Return the open step."""
    run = open_run(dossier_id)
    assert run is not None, "the dossier has ended"
    return run


def open_run(dossier_id: UUID) -> StepRun | None:
    return queries.open_run(Dossier.objects.get(pk=dossier_id))


def step_of(dossier_id: UUID) -> Step:
    """Return what the definition says of the open step."""
    procedure = kit.procedure(Dossier.objects.get(pk=dossier_id).procedure_code)
    return procedure.step(run_of(dossier_id).step)
