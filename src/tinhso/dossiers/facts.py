"""What conditions may look at besides the answers."""

from datetime import datetime

from tinhso.definitions.conditions import Facts
from tinhso.dossiers.models import Dossier, Draft
from tinhso.kernel.clock import local
from tinhso.people import queries as people
from tinhso.people.types import FactSource


def facts_of(*, dossier: Dossier | Draft, at: datetime) -> Facts:
    """Return the day, what the applicant's account proves, and the channel."""
    # Whoever read the applicant along with the case has asked already.
    proved = (
        people.facts_of_row(dossier.applicant, organisation_id=dossier.organisation_id)
        if Dossier.applicant.is_cached(dossier)
        else people.proved_facts(dossier.applicant_id, organisation_id=dossier.organisation_id)
    )
    answers = dossier.answers
    return Facts(
        today=local(at).date(),
        applicant=proved,
        channel=dossier.channel,
        replaced=frozenset(dossier.by_data),
        fixed={name: answers[name] for name in dossier.by_data if name in answers},
    )


def sources_of(dossier: Dossier) -> dict[str, FactSource]:
    """Return where each fact about the applicant comes from, by its key."""
    return people.sources_of_row(dossier.applicant)


def all_answers(dossier: Dossier) -> dict[str, object]:
    """Return the citizen's answers and, over them, what officers found, the newest last."""
    answers: dict[str, object] = dict(dossier.answers)
    for run in dossier.steps.all():
        answers |= run.findings
    return answers
