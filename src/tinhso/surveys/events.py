"""What happens in surveys, in the past tense."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class SurveyAnswered(Event):
    """:param marks: how many questions were answered"""

    kind: ClassVar[str] = "survey.answered"
    subject_kind: ClassVar[str] = "survey_answer"
    subject_field: ClassVar[str] = "answer_id"

    answer_id: UUID
    agency_id: UUID
    marks: int
