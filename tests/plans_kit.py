"""A plan of twenty targets in a folder of packs of its own, and officers who work on it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from tests import people_kit
from tests.people_kit import SYSTEM
from tinhso.people.models import Agency
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor
from tinhso.plans.actions.decide_value import confirm_value
from tinhso.plans.actions.enter_value import enter_value
from tinhso.plans.proofs import Proof

AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
PLAN, ECONOMY = "09-nq-tu-2022", "digital-economy-2025"
PROOF = Proof(document_number="125/BC-CTK", document_on=date(2022, 1, 15))
PROVINCE, HEALTH = "000.00.00.H49", "000.00.02.H49"


def officer(role: str, kind: str = "province_committee", *, name: str = "") -> Actor:
    """Return an officer of the provincial committee, or of a department."""
    codes = {"province_committee": PROVINCE, "health_department": HEALTH}
    agency_id = people_kit.agency(kind, "22", name=f"Cơ quan {kind}")
    Agency.objects.filter(pk=agency_id).update(code=codes[kind])
    account_id = people_kit.officer(name or f"{role}.{kind}", role=role, agency_id=agency_id)
    return actor_of(account_id, at=AT)


def entered(actor: Actor = SYSTEM, value: str = "18.5", *, target: str = ECONOMY, **more: Any) -> UUID:
    told: dict[str, Any] = {"as_of": date(2024, 12, 31), "proof": PROOF, "plan_id": PLAN, "at": AT} | more
    return enter_value(actor=actor, target_id=target, value=Decimal(value), **told)


def counted(value: str = "18.5", **more: Any) -> UUID:
    """Enter a value and let the system confirm it."""
    value_id = entered(SYSTEM, value, **more)
    confirm_value(actor=SYSTEM, at=AT, value_id=value_id)
    return value_id


def twenty(packs: Path) -> None:
    """Write a plan of twenty targets, due at the end of 2025, and three tasks."""
    folder = packs / "quang-ninh" / "plans"
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        "id: twenty",
        "name: {vi: Hai mươi chỉ tiêu, en: Twenty targets}",
        "issuer: Tỉnh",
        "since: 2022-01-01",
        "until: 2025-12-31",
        f'coordinator: "{PROVINCE}"',
        "sources: {A: Nguồn thử}",
        "counts: {targets: 20, tasks: 40, source: A}",
        "pillars: [{id: p, name: Trụ cột}]",
        "targets:",
    ]
    same = "pillar: p, unit: '%', aim: 50, by: 2025-12-31, source: A"
    for number in range(1, 21):
        told = f"id: t{number}, text: Chỉ tiêu {number}, {same}"
        lines.append(f"  - {{{told}}}")
    lines += [
        "tasks:",
        "  - {id: first, pillar: p, text: Việc đầu, due: 2024-12-31, source: A}",
        "  - {id: second, pillar: p, text: Việc sau, blocked_by: [first], source: A}",
        "  - {id: soon, pillar: p, text: Việc gần, due: 2026-03-20, source: A}",
    ]
    (folder / "twenty.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
