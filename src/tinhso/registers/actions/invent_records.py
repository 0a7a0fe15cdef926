"""Fill a register with made-up records, marked as such, where nothing real lies."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.definitions.registers.reading import register
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Conflict
from tinhso.people.policies import require_system
from tinhso.people.types import Actor
from tinhso.registers import keys
from tinhso.registers.importing.rows import Run, work
from tinhso.registers.inventing.inventor import APART, Inventor
from tinhso.registers.models import RecordVersion
from tinhso.registers.types import RowProblem, Source, SourceKind

PIECE = 2000
MOST_PROBLEMS = 20
# A twin comes at most so many rows after its first, and some more where several are due at once.
KEPT = 4 * APART


class RealRecordsHere(Conflict):
    code = "register-holds-real-records"
    message = _(
        "Sổ «%(register)s» đang có bản ghi thật nên không tạo dữ liệu giả lập ở đây. "
        "Hãy dùng một hệ thống thử."
    )


@dataclass(frozen=True, slots=True)
class Invented:
    """:param twins: keys of records that are about one thing, the truth for whoever looks for them"""

    new: int
    wrong: int
    twins: tuple[tuple[str, str], ...]
    problems: tuple[RowProblem, ...]


def invent_records(
    *,
    actor: Actor,
    at: datetime,
    register_id: str,
    count: int,
    seed: int,
    twins: float = 0.0,
    told: Callable[[int], None] = lambda _done: None,
) -> Invented:
    """
    Write so many made-up records, piece by piece, each checked like a row of a file.

    The same register, count, seed and day make the same ones; what is there already stays as it is.

    :param twins: share of rows that come twice, written a little differently
    :param told: called with the rows that are done
    :raises RegisterMissing: there is no such register
    :raises NotAllowed: not the system itself
    :raises RealRecordsHere: the register holds a record that nobody made up
    """
    definition = register(register_id)

    require_system(actor)

    real = RecordVersion.objects.filter(register=register_id).exclude(source=SourceKind.INVENTED)
    if real.exists():
        raise RealRecordsHere(register=definition.name.vi)

    on = local(at).date()
    inventor = Inventor(definition, seed, on, twins)
    run = Run(actor, at, definition, f"seed {seed}", False, Source(SourceKind.INVENTED, f"seed {seed}"))
    names: dict[int, str] = {}
    pairs: list[tuple[str, str]] = []
    waiting = enumerate(inventor.rows(count), 1)
    while piece := list(islice(waiting, PIECE)):
        if twins:
            names.update((number, keys.key_for(definition, row, on=on)) for number, row in piece)
            pairs += [(names[one.first], names[one.second]) for one in inventor.found[len(pairs) :]]
            names = {number: key for number, key in names.items() if number > piece[-1][0] - KEPT}
        with transaction.atomic():
            work(run, list(piece))
        del run.problems[MOST_PROBLEMS:]
        told(piece[-1][0])
    return Invented(run.counts.new, run.counts.wrong, tuple(pairs), tuple(run.problems))
