"""What is played, and where a case lies. The director only reads; browsers write."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tinhso.definitions import catalogue
from tinhso.definitions.types import Example, Procedure, Question
from tinhso.dossiers import queries
from tinhso.dossiers.statuses import Status
from tinhso.forms import boxes
from tinhso.kernel.refusals import Refusal
from tinhso.people.types import system

DIRECTOR = system("director")


class NoExample(Refusal):
    code = "no-example"
    message = _("Thủ tục %(procedure)s không có ví dụ số %(number)s. Hãy thêm vào mục examples của tệp.")


@dataclass(frozen=True, slots=True)
class Turn:
    """
    Whose turn it is.

    :param opinion: an opinion that is asked before the step can end, if any
    """

    step: str
    name: str
    role: str
    agency_id: str
    agency: str
    move: str
    opinion: UUID | None = None


def scene(code: str, number: int) -> tuple[Procedure, Example]:
    """Return the procedure and its example, counted from 1. :raises NoExample: there is none"""
    procedure = catalogue.current(code).procedure
    if not 1 <= number <= len(procedure.examples):
        raise NoExample(procedure=code, number=number)
    return procedure, procedure.examples[number - 1]


def boxes_of(questions: tuple[Question, ...], answers: Mapping[str, object]) -> dict[str, list[str]]:
    """Return what a person would type for these answers, by HTML name."""
    data: dict[str, list[str]] = {}
    for question in questions:
        if question.id in answers:
            data |= boxes.render(question, question.id, answers[question.id])
    return data


def turn(dossier_id: UUID) -> Turn | None:
    """Return whose turn it is; None when the case is closed."""
    dossier = queries.access_dossier(actor=DIRECTOR, dossier_id=dossier_id)
    run = queries.open_run(dossier)
    if run is None:
        return None
    procedure = catalogue.of_version(dossier.version_id).procedure
    step = procedure.step(run.step)
    asked = run.consultations.select_related("agency").filter(answered_at__isnull=True).first()
    if asked is not None:
        return Turn(
            step=step.id,
            name=asked.consultation,
            role=asked.role,
            agency_id=str(asked.agency_id),
            agency=asked.agency.name,
            move="y-kien",
            opinion=asked.id,
        )
    return Turn(
        step=step.id,
        name=step.name.vi,
        role=run.role,
        agency_id=str(run.agency_id),
        agency=run.agency.name,
        move=_move(procedure, step.id),
    )


def awaits_payment(dossier_id: UUID) -> bool:
    """Tell whether the case waits for money that was asked for after it was filed."""
    dossier = queries.access_dossier(actor=DIRECTOR, dossier_id=dossier_id)
    return dossier.state is Status.AWAITING_PAYMENT


def _move(procedure: Procedure, step_id: str) -> str:
    """Return the last word of the desk's address for the move that ends the step."""
    step = procedure.step(step_id)
    if step_id == procedure.steps[0].id:
        return "tiep-nhan"
    if step.signs:
        return "ky"
    return "tra-ket-qua" if step.returns else "chuyen-buoc"
