"""Officers who write and publish the catalogue, and a design to work on."""

from uuid import UUID

from tests.dossiers_kit import COPY, Province
from tinhso.definitions.designing.edits import Add, Change, Set
from tinhso.designs.actions.edit_design import edit_design
from tinhso.designs.actions.open_design import open_design
from tinhso.designs.actions.propose_design import propose_design
from tinhso.designs.models import Design
from tinhso.people.types import Actor

HOME = "/ban-lam-viec/soan-thu-tuc/"
CODE = COPY
REASON, DECISION = "Thu thêm theo nghị quyết mới của Hội đồng nhân dân tỉnh.", "1245/QĐ-UBND"
FAST = Add(
    ("form", 0, "ask"),
    {
        "id": "fast",
        "type": "yes_no",
        "label": {"vi": "Bạn có cần lấy trong buổi không?", "en": "Do you need it within the half day?"},
    },
)


def editor(province: Province) -> Actor:
    return province.officer("catalogue_editor", "province_committee")


def publisher(province: Province) -> Actor:
    return province.officer("catalogue_publisher", "province_committee")


def opened(province: Province, code: str = CODE) -> UUID:
    return open_design(actor=editor(province), at=province.at, code=code)


def row(design_id: UUID) -> Design:
    return Design.objects.get(pk=design_id)


def change(province: Province, design_id: UUID, *changes: Change) -> Design:
    """Make the changes one after the other and return the design."""
    for one in changes:
        design = row(design_id)
        edit_design(
            actor=editor(province), at=province.at, design_id=design_id, revision=design.revision, change=one
        )
    return row(design_id)


def proposed(province: Province, design_id: UUID) -> Design:
    propose_design(
        actor=editor(province),
        at=province.at,
        design_id=design_id,
        revision=row(design_id).revision,
        reason=REASON,
        decision=DECISION,
    )
    return row(design_id)


def address(design_id: UUID, *parts: str) -> str:
    return "/".join([f"{HOME}{design_id}", *parts, ""])


RENAMED = Set((), {"summary": {"vi": "Bản sao có giá trị như bản chính.", "en": "As good as the original."}})
