"""Whether a design may become law in force: no mistake, examples that pass, a code of its own."""

from datetime import datetime

from tinhso.definitions.reading import Candidate
from tinhso.designs import queries, refusals
from tinhso.designs.models import Design
from tinhso.designs.trying import try_examples
from tinhso.people import queries as people


def require_sound(design: Design, *, at: datetime) -> Candidate:
    """
    Return what would be published.

    :raises HasMistakes: the check finds errors, or the file holds facts only
    :raises NoExample, ExamplesFail: nothing was tried, or not all of it passed
    :raises CodeChanged: its code is that of a procedure it was not taken from
    """
    checked = queries.check(design)
    if checked.candidate is None or checked.procedure is None:
        raise refusals.HasMistakes(count=len(checked.errors) or 1)
    if not checked.procedure.examples:
        raise refusals.NoExample
    tried = try_examples(checked.procedure, design.templates, at=at, agency=people.agency(design.agency_id))
    if failed := [one for one in tried if not one.passed]:
        raise refusals.ExamplesFail(count=len(failed))
    code = checked.procedure.code
    if queries.in_force(code) and (design.based_on is None or design.based_on.code != code):
        raise refusals.CodeChanged(code=code)
    return checked.candidate
