"""Answers of people who are not asked who they are."""

from django.db import models

from tinhso.kernel.models import Entity


class SurveyAnswer(Entity):
    """
    What one visitor answered: no name, no account, no address. Rows are only ever added (migration 0002).

    :param counter: which counter's poster was read, as printed on it; empty for the agency as a whole
    :param answers: marks 1–5 by question id; a question that was left out is not there
    :param visit: names one opening of the page, which answers once
    """

    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    counter = models.CharField(max_length=20, blank=True)
    answers = models.JSONField(default=dict)
    comment = models.TextField(blank=True)
    visit = models.CharField(max_length=43, unique=True)
    given_at = models.DateTimeField()

    class Meta:
        db_table = "survey_answer"
        indexes = [models.Index(fields=["agency", "-given_at"], name="survey_of_agency")]
