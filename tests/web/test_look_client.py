"""The client's eyes: each fault of a page is seen."""

import pytest

from tests.web.html import faults

GOOD = (
    '<!doctype html><html lang="vi"><head><title>Trang – Cổng</title></head><body><main><h1>Trang</h1>'
    '<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="x">'
    '<label for="a">Tên</label><input id="a" name="a"><button>Gửi</button></form></main></body></html>'
)


def test_a_good_page_has_no_fault() -> None:
    assert faults(GOOD, language="vi") == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("</main>", "</p></main>", "not strict HTML5"),
        ('lang="vi"', 'lang="en"', "html lang is 'en'"),
        ("<h1>Trang</h1>", "<h1>Trang</h1><h1>Hai</h1>", "2 h1"),
        ("<h1>Trang</h1>", "<h2>Trang</h2>", "0 h1"),
        ("Trang – Cổng", " – Cổng", "begins with nothing"),
        ('<input id="a" name="a">', '<input id="a" name="a"><p id="a"></p>', "stands 2 times"),
        ('for="a"', 'for="b"', "leads nowhere"),
        ('<label for="a">Tên</label>', "Tên", "has no label"),
        ('<input type="hidden" name="csrfmiddlewaretoken" value="x">', "", "0 CSRF tokens"),
        ('method="post"', 'method="get"', "shows its CSRF token"),
        ("<h1>", '<h1 style="color:red">', "style of its own"),
        ("<button>", '<button onclick="x()">', "has onclick"),
        ("<button>Gửi</button>", "<button><i></i></button>", "says nothing"),
        ("Tên", "Tên None", "shows 'None'"),
        ("Tên", "{{ ten }}", "shows '{{'"),
        ("Tên", "Có %(count)s tệp", "shows '%(count)s'"),
        ("</body>", "<script>1</script></body>", "inline script"),
    ],
)
def test_a_bad_page_is_told(before: str, after: str, said: str) -> None:
    assert before in GOOD
    found = faults(GOOD.replace(before, after), language="vi")
    assert any(said in fault for fault in found), found
