"""How the province has laid its room out; a changed file counts at once."""

from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from tinhso.definitions.packs import packs_folder, province
from tinhso.definitions.roles import whole
from tinhso.kernel.refusals import NotFound
from tinhso.operations.types import Board, Tab

FILE = "operations.yaml"


class RoomMissing(NotFound):
    code = "operations-missing"
    message = _(
        "Tỉnh chưa bày phòng điều hành. Người vận hành thêm tệp operations.yaml vào gói dữ liệu của tỉnh."
    )


class TabMissing(NotFound):
    code = "operations-tab-missing"
    message = _("Phòng điều hành không có mục này. Hãy chọn một mục ở đầu trang.")


def board() -> Board:
    """:raises RoomMissing: the province has no such file; BrokenPack: it is wrong"""
    path = packs_folder() / province() / FILE
    if not path.is_file():
        raise RoomMissing
    return _board(path, path.stat().st_mtime_ns)


def tab(tab_id: str) -> Tab:
    """Return the tab; the first one for no id. :raises TabMissing: there is none"""
    tabs = board().tabs
    found = next((one for one in tabs if one.id == tab_id), None) if tab_id else tabs[0]
    if found is None:
        raise TabMissing
    return found


@lru_cache(maxsize=2)
def _board(path: Path, _stamp: int) -> Board:
    return whole(path, Board)
