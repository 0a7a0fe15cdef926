"""What may be done to many dossiers of a list at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy

from tinhso.dossiers.models import Batch
from tinhso.people import policies as people
from tinhso.people.types import Actor


@dataclass(frozen=True, slots=True)
class BatchAct:
    """
    One act on many.

    :param asks: it wants to know something before it begins
    :param done: said of one that is done
    """

    slug: str
    kind: Batch.Kind
    label: Any
    title: Any
    icon: str
    done: Any
    asks: bool = False


@dataclass(frozen=True, slots=True)
class BatchOffer:
    """One button under a list."""

    slug: str
    label: str
    icon: str


class Heap(Protocol):
    """Dossiers that are alike, see ``work.Heap``."""

    @property
    def holder_id(self) -> UUID | None: ...

    @property
    def agency_id(self) -> UUID: ...

    @property
    def is_to_sign(self) -> bool: ...

    def waits_for(self, actor: Actor) -> bool:
        """Say whether they are the officer's work."""


ACTS = {
    act.slug: act
    for act in (
        BatchAct(
            "nhan",
            Batch.Kind.CLAIM,
            gettext_lazy("Nhận việc"),
            gettext_lazy("Nhận việc nhiều hồ sơ"),
            "check",
            gettext_lazy("đã nhận"),
        ),
        BatchAct(
            "ban-giao",
            Batch.Kind.HAND_OVER,
            gettext_lazy("Bàn giao"),
            gettext_lazy("Bàn giao nhiều hồ sơ"),
            "users",
            gettext_lazy("đã bàn giao"),
            asks=True,
        ),
        BatchAct(
            "ky",
            Batch.Kind.SIGN,
            gettext_lazy("Ký số"),
            gettext_lazy("Ký số nhiều kết quả"),
            "writing-sign",
            gettext_lazy("đã ký"),
            asks=True,
        ),
        BatchAct(
            "tra-buoc",
            Batch.Kind.STEP_BACK,
            gettext_lazy("Trả lại bước trước"),
            gettext_lazy("Trả lại nhiều hồ sơ về bước trước"),
            "arrow-back-up",
            gettext_lazy("đã trả lại"),
            asks=True,
        ),
    )
}
OF_KIND = {act.kind: act for act in ACTS.values()}


def batch_offers(heaps: Iterable[Heap], actor: Actor) -> tuple[BatchOffer, ...]:
    """Return what makes sense for at least one dossier of the list; each is asked again when it is done."""
    slugs = set(_slugs(tuple(heaps), actor))
    return tuple(BatchOffer(act.slug, str(act.label), act.icon) for act in ACTS.values() if act.slug in slugs)


def _slugs(heaps: tuple[Heap, ...], actor: Actor) -> Iterator[str]:
    mine = [heap for heap in heaps if heap.waits_for(actor)]
    if any(heap.holder_id is None for heap in mine):
        yield "nhan"
    if mine or any(people.is_head(actor, agency_id=heap.agency_id) for heap in heaps):
        yield "ban-giao"
    if any(heap.is_to_sign for heap in mine):
        yield "ky"
    if mine:
        yield "tra-buoc"
