"""What pydantic and CEL say, in the reader's language; an unknown sentence stays as it was said."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

_SENTENCES: tuple[tuple[str, Any], ...] = (
    (r"Input should be greater than or equal to (?P<a>\S+)", _("phải từ %(a)s trở lên")),
    (r"Input should be greater than (?P<a>\S+)", _("phải lớn hơn %(a)s")),
    (r"Input should be less than or equal to (?P<a>\S+)", _("nhiều nhất là %(a)s")),
    (r"Input should be a valid (integer|number)", _("phải là số nguyên")),
    (r"Input should be a valid string", _("phải là chữ")),
    (r"Input should be a valid boolean", _("phải là true hoặc false")),
    (r"Input should be a valid (list|tuple)", _("phải là một danh sách [..]")),
    (r"Input should be a valid dictionary or instance of Text", _("phải là chữ, hoặc {vi: …, en: …}")),
    (r"Input should be a valid dictionary", _("phải là các cặp tên: giá trị")),
    (r"String should match pattern '(?P<a>.*)'", _("phải có dạng %(a)s")),
    (r"String should have at most (?P<a>\d+) character", _("nhiều nhất %(a)s ký tự")),
    (r"String should have at least (?P<a>\d+) character", _("không được để trống")),
    (r"(Tuple|List) should have at least (?P<a>\d+) item", _("phải có ít nhất %(a)s mục")),
    (
        r"found no matching overload for '_?(?P<a>[^_']\S*?)_?' applied to '(?P<b>.*)'",
        _("«%(a)s» không dùng được với %(b)s"),
    ),
    (r"undeclared reference to '(?P<a>.*?)'", _("«%(a)s»")),
    (r"Syntax error: mismatched input '<EOF>'", _("biểu thức chưa hết")),
    (r"Syntax error: \w+ input '(?P<a>.*?)' expecting", _("không đặt được «%(a)s» ở đây")),
    (r"more than (?P<a>\d+) characters", _("nhiều hơn %(a)s ký tự")),
    (r"loops deeper than (?P<a>\d+)", _("vòng lặp lồng nhau quá %(a)s tầng")),
)
_PATTERNS = tuple((re.compile(pattern), sentence) for pattern, sentence in _SENTENCES)


def say(said: str) -> str:
    """Return the sentence in the active language."""
    said = said.replace("google.protobuf.Timestamp", "date")
    for pattern, sentence in _PATTERNS:
        if match := pattern.match(said):
            return str(sentence) % match.groupdict()
    return said.rstrip(".")
