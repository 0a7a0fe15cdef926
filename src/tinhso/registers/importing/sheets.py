"""What every kind of file becomes: named columns and rows that can be gone through again."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Invalid

Row = Mapping[str, object]
GEOMETRY = "geometry"


class FileUnreadable(Invalid):
    code = "register-file-unreadable"
    message = _(
        "Không đọc được tệp «%(name)s». Hãy lưu lại thành CSV, XLSX, GeoJSON, GeoPackage hoặc shapefile "
        "nén thành tệp .zip rồi gửi lại."
    )


class NoColumns(Invalid):
    code = "register-file-no-columns"
    message = _("Tệp «%(name)s» không có dòng tên cột. Hãy thêm một dòng đầu với tên các cột.")


class NoProjection(Invalid):
    code = "register-file-no-projection"
    message = _(
        "Tệp «%(name)s» không nói tọa độ theo hệ nào. Hãy gửi kèm tệp .prj của shapefile, hoặc xuất lại có "
        "hệ tọa độ (VN-2000 hay WGS 84)."
    )


class UnknownProjection(Invalid):
    code = "register-file-unknown-projection"
    message = _(
        "Không đổi được hệ tọa độ «%(projection)s» sang WGS 84. Hãy đổi trong phần mềm bản đồ rồi gửi lại."
    )


class SeveralLayers(Invalid):
    code = "register-file-several-layers"
    message = _("Tệp «%(name)s» có %(count)s lớp dữ liệu. Hãy xuất riêng lớp cần nhập rồi gửi lại.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    :param kind: ``csv``, ``xlsx``, ``geojson``, ``shapefile`` or ``geopackage``
    :param rows: gives the rows anew each time it is called, one after the other
    :param encoding: delimiter: of a CSV, as guessed; empty otherwise
    :param projection: the file's own, where its geometry was brought to WGS 84
    """

    kind: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]
    encoding: str = ""
    delimiter: str = ""
    projection: str = ""
