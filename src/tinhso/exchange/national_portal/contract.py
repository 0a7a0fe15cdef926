"""
``DongBoHoSoMC`` as it arrives: frozen, its field names those of the portal. docs/national-portal.md.

Fields nobody told us of are kept with the envelope and not read; a newer version of the contract does not
stop a dossier. Numbers that come where text is meant are text.
"""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from tinhso.kernel.refusals import Invalid
from tinhso.kernel.text import normalise

LONGEST, LONGEST_KEY = 4000, 300


def _text(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return normalise(value)[:LONGEST] if isinstance(value, str) else value


def _rows(value: object) -> object:
    return [] if value in (None, "", {}) else value


Text = Annotated[str, BeforeValidator(_text)]


class _Theirs(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow")

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return the names of fields the contract we know does not have."""
        return tuple(self.model_extra or ())


class FileOfTheirs(_Theirs):
    TepDinhKemId: Text = ""
    TenTepDinhKem: Text = ""
    IsDeleted: Text = ""
    MaThanhPhanHoSo: Text = ""
    DuongDanTaiTepTin: Text = ""
    DuocSoHoa: Text = ""
    DuocTaiSuDung: Text = ""
    DuocLayTuKhoDMQG: Text = ""
    MaKetQuaThayThe: Text = ""

    @property
    def key(self) -> str:
        """Return what the file is known by."""
        return (self.TepDinhKemId or self.DuongDanTaiTepTin)[:LONGEST_KEY]

    @property
    def is_deleted(self) -> bool:
        return self.IsDeleted.lower() in {"1", "true"}


class IdentityOfTheirs(_Theirs):
    LoaiDinhDanh: Text = ""
    SoDinhDanh: Text = ""


class SupplementOfTheirs(_Theirs):
    HoSoBoSungId: Text = ""
    NoiDungBoSung: Text = ""
    NgayBoSung: Text = ""
    TrangThaiBoSung: Text = ""


class DossierOfTheirs(_Theirs):
    """One dossier of a delivery. What we do not read is left to ``model_extra``."""

    MaHoSo: Annotated[Text, Field(min_length=1, max_length=60)]
    MaTTHC: Text = ""
    TenTTHC: Text = ""
    ChuHoSo: Text = ""
    LoaiDoiTuong: Text = ""
    MaDoiTuong: Text = ""
    Email: Text = ""
    SoDienThoai: Text = ""
    TrichYeuHoSo: Text = ""
    NgayNopHoSo: Text = ""
    TrangThaiHoSo: Text = ""
    DonViXuLy: Text = ""
    NoiNopHoSo: Text = ""
    GhiChu: Text = ""
    TaiKhoanDuocXacThucVoiVNeID: Text = ""
    DinhDanhCHS: IdentityOfTheirs = IdentityOfTheirs()
    TaiLieuNop: Annotated[tuple[FileOfTheirs, ...], BeforeValidator(_rows)] = ()
    DanhSachHoSoBoSung: Annotated[tuple[SupplementOfTheirs, ...], BeforeValidator(_rows)] = ()

    @property
    def files(self) -> tuple[FileOfTheirs, ...]:
        """Return the files that are there."""
        return tuple(file for file in self.TaiLieuNop if not file.is_deleted)


class Malformed(Invalid):
    """:ivar place: where in the delivery, as ``data.0.MaHoSo``"""

    code = "portal-delivery-malformed"

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def sentence(self) -> str:
        return f"Dữ liệu không đúng cấu trúc tại {self.place}."


def read_dossier(payload: dict[str, Any], *, place: str = "data") -> DossierOfTheirs:
    """Return the dossier. :raises Malformed: a field has no shape we know, or MaHoSo is missing"""
    try:
        return DossierOfTheirs.model_validate(payload)
    except ValidationError as problem:
        where = ".".join(str(part) for part in problem.errors()[0]["loc"])
        raise Malformed(f"{place}.{where}") from None
