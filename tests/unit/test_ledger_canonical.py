"""The canonical form is what any JSON library writes, so that strangers can compute it."""

import json
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.tree.canonical import canonical, moment

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_it_is_what_the_library_writes_with_sorted_keys_and_no_spaces(value: object) -> None:
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical(value) == written.encode("utf-8", "surrogatepass")


def test_moments_are_utc_to_the_microsecond() -> None:
    whole = datetime(2026, 7, 1, 9, 30, tzinfo=timezone(timedelta(hours=7)))
    assert moment(whole) == "2026-07-01T02:30:00.000000Z"
    assert moment(datetime(2026, 7, 1, 2, 30, 0, 42, tzinfo=UTC)) == "2026-07-01T02:30:00.000042Z"
