"""How well twins were found, against what is known to be there twice."""

from collections.abc import Iterable
from dataclasses import dataclass

from tinhso.registers.models import HeldValue, LikelyTwin
from tinhso.registers.relations import KEY


@dataclass(frozen=True, slots=True)
class Judged:
    """:param right: pairs that were found and are twins; ``planted``: all there are"""

    found: int
    right: int
    planted: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.planted if self.planted else 0.0


def judge(register_id: str, truth: Iterable[tuple[str, ...]]) -> Judged:
    """Compare the pairs that were found in the register with pairs of keys that are twins."""
    planted = {frozenset(pair) for pair in truth}
    pairs = list(LikelyTwin.objects.filter(register=register_id).values_list("first_id", "second_id"))
    ids = {one for pair in pairs for one in pair}
    held = HeldValue.objects.filter(register=register_id, field=KEY, record_id__in=ids)
    keys = dict(held.values_list("record_id", "value"))
    found = {frozenset((keys.get(one, str(one)), keys.get(other, str(other)))) for one, other in pairs}
    return Judged(len(found), len(found & planted), len(planted))
