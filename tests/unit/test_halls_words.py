"""Days and slots in words."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from tinhso.web.halls.words import when

SUNDAY = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "said"), [("vi", "16:00, chủ nhật 22/11/2026"), ("en", "16:00, Sunday 22/11/2026")]
)
def test_a_day_within_a_sentence_has_a_capital_in_english_only(language: str, said: str) -> None:
    with translation.override(language):
        assert when(SUNDAY) == said
