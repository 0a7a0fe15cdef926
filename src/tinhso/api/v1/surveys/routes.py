"""``/surveys``: what visitors think of an agency; open to everybody, and nobody is asked who they are."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.api.v1.dossiers.bodies import Body
from tinhso.api.v1.trying import LIMITED, require_within
from tinhso.api.v1.wording import language_of
from tinhso.edge.limits import SURVEY
from tinhso.people import queries as people
from tinhso.surveys import queries
from tinhso.surveys.actions.answer import answer_survey, new_visit
from tinhso.surveys.queries import Figures
from tinhso.surveys.rules import HIGHEST, LOWEST, rules

router = Router(tags=["surveys"])
Mark = Annotated[int, Field(ge=LOWEST, le=HIGHEST)]


class SurveyQuestionOut(Schema):
    id: str
    text: str


class MarkOut(Schema):
    value: int
    text: str


class SurveyOut(Schema):
    """The questions, and the name of this opening, which answers once."""

    visit: str
    questions: list[SurveyQuestionOut]
    marks: list[MarkOut] = Field(description="The best first.")


class SurveyIn(Body):
    """:param visit: as it was given with the questions"""

    visit: str = Field(max_length=200)
    answers: dict[str, Mark] = Field(description="Mark by question id; questions may be left out.")
    comment: str = Field("", max_length=1000)
    counter: str = Field("", max_length=20)


class AnsweredOut(Schema):
    id: UUID


class SurveyScoreOut(Schema):
    question_id: str
    mean: float | None = Field(description="Null where too few answered it.")
    answered: int
    counts: dict[str, int] = Field(description="How often each mark was given.")


class SurveyFiguresOut(Schema):
    """Figures of the last days; none where so few answered that somebody could be recognised."""

    agency: str
    since: datetime
    is_enough: bool
    answered: int = Field(description="0 where there were too few.")
    scores: list[SurveyScoreOut]


class WordsOut(Schema):
    text: str
    counter: str
    given_at: datetime


class CommentsOut(Schema):
    items: list[WordsOut]


@router.get("/{agency_code}", response=SurveyOut, summary="Read the questions")
def read_survey(request: HttpRequest, agency_code: str) -> SurveyOut:
    """Each call is one opening: its `visit` is valid for a while and answers once."""
    people.agency_by_code(agency_code)
    language, rule = language_of(request), rules()
    return SurveyOut(
        visit=new_visit(at=by(request)["at"]),
        questions=[SurveyQuestionOut(id=one.id, text=one.text.into(language)) for one in rule.questions],
        marks=[MarkOut(value=one.value, text=one.text.into(language)) for one in rule.marks],
    )


@router.post("/{agency_code}/answers", response={201: AnsweredOut}, summary="Answer", openapi_extra=LIMITED)
def post_survey_answer(request: HttpRequest, agency_code: str, body: SurveyIn) -> AnsweredOut:
    """Kept without a name, an account or an address."""
    require_within(request, SURVEY)
    answer_id = answer_survey(
        **by(request),
        agency_code=agency_code,
        visit=body.visit,
        answers=body.answers,
        comment=body.comment,
        counter=body.counter,
    )
    return AnsweredOut(id=answer_id)


@router.get("/{agency_code}/figures", response=SurveyFiguresOut, summary="Read the figures")
def read_survey_figures(request: HttpRequest, agency_code: str) -> SurveyFiguresOut:
    """Public, with small numbers left out."""
    figures: Figures = queries.figures_of(agency_code=agency_code, at=by(request)["at"])
    return SurveyFiguresOut(
        agency=figures.agency.name,
        since=figures.since,
        is_enough=figures.is_enough,
        answered=figures.answered,
        scores=[
            SurveyScoreOut(
                question_id=one.question_id,
                mean=one.mean,
                answered=one.answered,
                counts={str(mark): count for mark, count in one.counts.items()},
            )
            for one in figures.scores
        ],
    )


@router.get("/{agency_code}/comments", auth=SIGNED_IN, response=CommentsOut, summary="Read comments")
def read_survey_comments(request: HttpRequest, agency_code: str) -> CommentsOut:
    """For officers of the agency and for oversight: people write names."""
    agency = people.agency_by_code(agency_code)
    found = queries.words_of(actor=actor_of(request), agency_id=agency.id)
    return CommentsOut(
        items=[WordsOut(text=one.text, counter=one.counter, given_at=one.given_at) for one in found]
    )
