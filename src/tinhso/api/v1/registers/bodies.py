"""What operations on records take."""

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Field

from tinhso.api.v1.dossiers.bodies import Body

Values = dict[str, Any]
VALUES = Field(max_length=200, description="Field id → value; geometry under its field, as GeoJSON.")
CHANGES = Field(max_length=200, description="Field id → the new value; null takes it away.")
REASON = Field(max_length=2000, description="Kept with the history of the record.")
NO_REASON = Field("", max_length=2000)
SINCE = Field(None, description="The first day; today by default.")


class RecordIn(Body):
    values: Values = VALUES
    since: date | None = Field(None, description="The first day on which it is true; today by default.")
    until: date | None = Field(None, description="The first day on which it is true no more.")
    reason: str = NO_REASON


class RecordCorrectionIn(Body):
    """Something is different from a day on; what was true before stays."""

    changes: Values = CHANGES
    reason: str = REASON
    since: date | None = SINCE


class PastCorrectionIn(Body):
    """It was wrong: put right what the register said of these days."""

    changes: Values = CHANGES
    reason: str = REASON
    since: date | None = Field(None, description="The first day; as long as the record by default.")
    until: date | None = Field(None, description="The first day that stays as it is.")


class RecordCancelIn(Body):
    reason: str = REASON
    since: date | None = Field(
        None, description="The first day on which it is not in force; null: it never should have been."
    )


class RecordRestoreIn(Body):
    reason: str = REASON
    since: date | None = Field(
        None, description="The first day on which it is in force again; null: cancelling it was a mistake."
    )


class RecordMergeIn(Body):
    loser_id: UUID = Field(description="The record that goes; who points at it is led to the one that stays.")
    reason: str = REASON
    changes: Values = Field({}, max_length=200, description="Values the one that stays takes over.")


class RecordSplitIn(Body):
    parts: list[Values] = Field(
        max_length=50, description="Of each part what differs from the record; the rest it takes over."
    )
    reason: str = REASON
    since: date | None = SINCE


class TwinDecisionIn(Body):
    are_one: bool = Field(description="True: merge them next, with `POST /records/{id}/merge`.")
