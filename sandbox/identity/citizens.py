"""The people the stand-in knows."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

FILE = Path(__file__).with_name("citizens.yaml")


@dataclass(frozen=True, slots=True)
class Citizen:
    """:param born_on: as the national sign-in writes it, ``dd/mm/yyyy`` or only a year"""

    personal_id: str
    pin: str
    full_name: str
    born_on: str
    sex: str
    ethnicity: str
    phone: str
    email: str
    commune: str
    detail: str
    level: int

    @property
    def subject(self) -> str:
        """Return the lasting id of the account, from which the personal id cannot be read."""
        return hashlib.sha256(f"moi-truong-thu:{self.personal_id}".encode()).hexdigest()[:32]

    def claims(self) -> dict[str, object]:
        """Return the facts under the names the national sign-in uses."""
        said: dict[str, object] = {
            "sub": self.subject,
            "LoaiTaiKhoan": "CongDan",
            "SoDinhDanh": self.personal_id,
            "HoVaTen": self.full_name.upper(),
            "NgayThangNamSinh": self.born_on,
            "GioiTinh": self.sex,
            "DanToc": self.ethnicity,
            "QuocTich": "Việt Nam",
            "SoDienThoai": self.phone,
            "ThuDienTu": self.email,
            "NoiOHienNay": {"MaXa": self.commune, "DiaChi": self.detail},
            "loAs": str(self.level),
        }
        return {name: value for name, value in said.items() if value}


def load_citizens(path: Path = FILE) -> dict[str, Citizen]:
    """Return the people by personal id."""
    entries = YAML(typ="safe").load(path.read_text(encoding="utf-8"))["citizens"]
    return {entry["personal_id"]: Citizen(**entry) for entry in entries}
