"""Of many people: whom do registers know at all?"""

from collections.abc import Collection
from datetime import datetime

from tinhso.definitions.types import Procedure
from tinhso.kernel.clock import local
from tinhso.registers import words
from tinhso.registers.actions.look_up import register_of
from tinhso.registers.columns import matches
from tinhso.registers.models import RecordVersion
from tinhso.registers.types import Moment


def registers_asked(procedure: Procedure) -> frozenset[str]:
    """Return the registers that a form of the procedure asks, for its questions or in the place of papers."""
    questions = {register_of(question) for question in procedure.questions() if question.origin}
    return frozenset(questions | {one.register_id for paper in procedure.papers for one in paper.replaced_by})


def numbers_known(*, procedure: Procedure, numbers: Collection[str], at: datetime) -> frozenset[str]:
    """
    Return those of the personal numbers about whom a register the procedure asks has a record in force.

    Of all others ``look_up`` and ``stand_in`` have nothing to say. One question; nothing of the records
    leaves, and nobody is looked at: which of them a form is given is noted when it is given.
    """
    asked = sorted(registers_asked(procedure))
    if not asked or not numbers:
        return frozenset()
    about = " | ".join(words.quoted(words.about(one)) for one in sorted(numbers))
    rows = RecordVersion.objects.as_of(Moment(local(at).date())).in_force()
    found = rows.filter(matches(about), register__in=asked)
    held = found.values_list("words", flat=True)
    wanted = {words.about(one): one for one in numbers}
    return frozenset(wanted[word] for each in held for word in each if word in wanted)
