"""Many records at once say the same, column by column, as one record written at the desk."""

import pytest
from django.forms.models import model_to_dict

from tests import registers_kit as kit
from tests.registers_kit import AT, BINH_LIEU, BIRTHS, PARCELS, SYSTEM
from tinhso.definitions.registers.reading import register
from tinhso.kernel.text import fold
from tinhso.registers import checking, hand
from tinhso.registers.actions.import_records import import_records
from tinhso.registers.bulk import NewRecord, Press
from tinhso.registers.models import HeldValue, RecordFault, RecordVersion
from tinhso.registers.types import Source, SourceKind

pytestmark = pytest.mark.django_db
RING = [[107.3, 21.5], [107.301, 21.5], [107.301, 21.501], [107.3, 21.5]]
PARCEL = {
    "place.unit": BINH_LIEU,
    "map.sheet": "1\\2",
    "parcel.number": 'a"b\tc',
    "place.detail": "Ngõ «Đá Bạc»\nhẻm \\N, tổ 'Hoà'",
    "area": "90.5",
    "use": "ont",
    "shape": {"type": "Polygon", "coordinates": [RING]},
}
OWN = {"sort_key", "id", "record", "record_id", "key", "digest", "recorded_at", "values", "words"}


@pytest.mark.parametrize(("register_id", "values"), [(PARCELS, PARCEL), (BIRTHS, kit.birth())])
def test_a_record_of_many_is_the_record_of_one(register_id: str, values: dict[str, object]) -> None:
    definition = register(register_id)
    own_key = "parcel.number" if register_id == PARCELS else "certificate.number"
    entry = hand.Entry(Source(SourceKind.OFFICER, "tệp\\1"), "Vì\tvậy")
    one = kit.enter(values, register=register_id)
    content = checking.read(definition, {**values, own_key: "x"}, on=kit.TODAY)
    press = Press(definition, at=AT, entry=entry)
    digests = [one.digest for one in press.write([NewRecord(content, since=kit.TODAY)])]

    alone = RecordVersion.objects.get(record_id=one.record_id)
    many = RecordVersion.objects.exclude(record_id=one.record_id).get()
    assert (many.reference, many.reason) == ("tệp\\1", "Vì\tvậy")
    left_out = [*OWN, "reference", "reason"]
    assert model_to_dict(many, exclude=left_out) == model_to_dict(alone, exclude=left_out)
    assert many.sort_key == fold(hand.title(definition, many.values))
    assert {**many.values, own_key: ""} == {**alone.values, own_key: ""}
    assert len(many.words) == len(alone.words)
    assert [many.digest] == digests == [hand.digest(many)]
    held = HeldValue.objects.filter(record_id=many.record_id).values_list("field", "value")
    assert list(held) == [("key", many.key)]
    faults = [
        sorted(RecordFault.objects.filter(record_id=one).values_list("rule", "kind", "field", "weight"))
        for one in (alone.record_id, many.record_id)
    ]
    assert faults[0] == faults[1]


def test_a_thousand_rows_cost_as_many_questions_as_ten(django_assert_max_num_queries: object) -> None:
    def rows(start: int, count: int) -> list[dict[str, object]]:
        return [
            kit.birth(**{"certificate.number": f"{number}/KS", "child.personal_id": f"02232600{number:04}"})
            for number in range(start, start + count)
        ]

    for start, count in ((0, 10), (10, 1000)):
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            report = import_records(
                actor=SYSTEM, at=AT, register_id=BIRTHS, rows=rows(start, count), reference="x"
            )
        assert report.new == count
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        again = import_records(actor=SYSTEM, at=AT, register_id=BIRTHS, rows=rows(0, 1010), reference="x")
    assert again.same == 1010
