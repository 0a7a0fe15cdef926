"""What the portal is told: ``DongBoHoSoMC`` and ``CapNhatTienDoHoSoMC``, field by field."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import translation

from tinhso.definitions import catalogue
from tinhso.definitions.types import Procedure
from tinhso.dossiers.models import Dossier, Result
from tinhso.dossiers.post import return_of
from tinhso.dossiers.provenance import provenance_of
from tinhso.dossiers.statuses import Status
from tinhso.dossiers.timeline import SENTENCES
from tinhso.exchange.models import Dispatch
from tinhso.exchange.national_portal.rules import PortalRules, portal_rules
from tinhso.kernel.clock import local
from tinhso.kernel.models import LedgerEntry
from tinhso.papers import queries as papers
from tinhso.papers.types import IssuedView
from tinhso.payments import queries as payments
from tinhso.people.models import Account, Post
from tinhso.people.types import system

READER = system("national_portal")
YES, NO = "1", "0"
# Whoever was written down from a card was not proved by an electronic account.
ON_PAPER = ("counter:", "helper:", "self")


def dossier_payload(dossier: Dossier, *, status: int) -> dict[str, Any]:
    """
    Return the dossier with all its parts, as it is now.

    :param status: national code at the moment that is told of; later ones follow in messages of their own
    """
    rules, procedure = portal_rules(), catalogue.of_version(dossier.version_id).procedure
    files = list(_files(dossier, rules))
    return {
        "MaHoSo": dossier.national_code or dossier.code,
        "MaTTHC": dossier.procedure_code,
        "TenTTHC": procedure.name.vi,
        "MaLinhVuc": "",
        "TenLinhVuc": procedure.field.vi,
        "KenhThucHien": rules.codes.channel[dossier.channel],
        **_applicant(dossier, rules),
        "ThongTinKhac": dossier.code if dossier.national_code else "",
        "Fax": "",
        "TrichYeuHoSo": procedure.name.vi,
        "NgayNopHoSo": _moment(dossier.filed_at, rules),
        "NgayTiepNhan": _moment(dossier.accepted_at, rules),
        "NgayHenTra": _moment(dossier.due_at, rules),
        "TrangThaiHoSo": str(status),
        **_ending(dossier, rules),
        "DonViXuLy": dossier.agency.name,
        "NoiNopHoSo": dossier.receiving_agency.name,
        "GhiChu": "",
        "HoSoCoThanhPhanSoHoa": YES if files else NO,
        "TaiLieuNop": files,
        "DanhSachLePhi": list(_fees(dossier, rules)),
        "DanhSachTepDinhKemKhac": [],
        "DanhSachHoSoBoSung": list(_supplements(dossier, rules)),
        "DanhSachGiayToKetQua": list(_results(dossier, procedure)),
    }


def progress_payload(dispatch: Dispatch) -> dict[str, Any]:
    """Return one step: who did what, when, and the status it led to."""
    rules = portal_rules()
    name, title, office = _who(dispatch)
    run = dispatch.dossier.steps.order_by("-opened_at").first() if dispatch.dossier else None
    return {
        "MaHoSo": dispatch.code,
        "NguoiXuLy": name,
        "ChucDanh": title,
        "ThoiDiemXuLy": _moment(dispatch.happened_at, rules),
        "PhongBanXuLy": office,
        "NoiDungXuLy": dispatch.note or _words(dispatch.event),
        "TrangThai": str(dispatch.status),
        "NgayBatDau": _moment(run.opened_at if run else None, rules),
        "NgayKetThucTheoQuyDinh": _moment(run.due_at if run else None, rules),
    }


def _applicant(dossier: Dossier, rules: PortalRules) -> dict[str, Any]:
    person, firm, codes = dossier.applicant, dossier.organisation, rules.codes
    kinds = codes.kinds.organisation if firm else codes.kinds.person
    number = (firm.tax_code if firm else person.personal_id) or ""
    known_from = str(person.sources.get("personal_id", {}).get("source", ""))
    is_proved = bool(known_from) and not known_from.startswith(ON_PAPER)
    return {
        "ChuHoSo": firm.name if firm else person.full_name,
        "LoaiDoiTuong": kinds[0],
        "MaDoiTuong": number,
        "Email": person.email,
        "SoDienThoai": person.phone,
        "DinhDanhCHS": {
            "LoaiDinhDanh": codes.identity["organisation" if firm else "person"],
            "SoDinhDanh": number,
        },
        "TaiKhoanDuocXacThucVoiVNeID": YES if is_proved else NO,
        "DSKetNoiCSDL": [{"MaCSDL": codes.population_database}] if is_proved else [],
    }


def _ending(dossier: Dossier, rules: PortalRules) -> dict[str, Any]:
    parcel, result = return_of(dossier.draft), _result(dossier)
    way = "post" if parcel and parcel.handed_at else "counter"
    declined = dossier.state is Status.NOT_ACCEPTED
    return {
        "NgayTra": _moment(dossier.returned_at, rules),
        "ThongTinTra": f"Bưu chính, số hiệu {parcel.tracking_number}" if way == "post" and parcel else "",
        "HinhThuc": rules.codes.return_by[way],
        "NgayKetThucXuLy": _moment(result.signed_at if result else dossier.finished_at, rules),
        "NgayTuChoi": _moment(dossier.finished_at, rules) if declined else "",
    }


def _files(dossier: Dossier, rules: PortalRules) -> Iterator[dict[str, Any]]:
    """
    Yield what was handed in. How the portal fetches a file from a province is not known: no address is given.
    """
    theirs = {ours: code for code, ours in rules.papers.get(dossier.procedure_code, {}).items()}
    for one in provenance_of(actor=READER, dossier=dossier):
        yield {
            "TepDinhKemId": str(one.paper.id),
            "TenTepDinhKem": one.paper.file_name,
            "IsDeleted": NO,
            "MaThanhPhanHoSo": theirs.get(one.part, one.part),
            "DuongDanTaiTepTin": "",
            "DuocSoHoa": YES if one.digitised else NO,
            "DuocTaiSuDung": YES if one.reused else NO,
            "DuocLayTuKhoDMQG": YES if one.from_national_store else NO,
            "MaKetQuaThayThe": one.replacing_result,
        }


def _fees(dossier: Dossier, rules: PortalRules) -> Iterator[dict[str, Any]]:
    codes = rules.codes
    for bill in payments.bills_of_subject(actor=READER, subject_id=dossier.pk):
        if not (bill.is_open or bill.is_paid):
            continue
        for line in bill.lines:
            yield {
                "TenPhiLePhi": line.name,
                "MaPhiLePhi": line.code,
                "HinhThucThu": codes.collected.get(bill.purpose_key, codes.collected_other),
                "Gia": str(line.amount),
                "LoaiPhiLePhi": codes.fee_kind[line.kind],
            }


def _supplements(dossier: Dossier, rules: PortalRules) -> Iterator[dict[str, Any]]:
    for asked in dossier.supplements.select_related("asked_by").order_by("asked_at"):
        yield {
            "HoSoBoSungId": str(asked.pk),
            "NguoiYeuCauBoSung": asked.asked_by.get_full_name(),
            "NoiDungBoSung": "; ".join(item["text"] for item in asked.items),
            "NgayBoSung": _moment(asked.asked_at, rules),
            "NguoiTiepNhanBoSung": "",
            "ThongTinTiepNhan": "",
            "NgayTiepNhanBoSung": _moment(asked.answered_at, rules),
            "TrangThaiBoSung": rules.codes.supplement["answered" if asked.answered_at else "asked"],
            "DanhSachGiayToBoSung": [],
            "DanhSachLePhiBoSung": [],
            "NgayHenTraTruoc": "",
            "NgayHenTraMoi": _moment(dossier.due_at, rules) if asked.answered_at else "",
        }


def _results(dossier: Dossier, procedure: Procedure) -> Iterator[dict[str, Any]]:
    """Yield the newest result; its address is the public page that says whether it is valid."""
    result = _result(dossier)
    if result is None or not result.granted:
        return
    issued: IssuedView = papers.access_document(actor=READER, document_id=result.document_id)
    yield {
        "TenGiayTo": issued.title,
        "MaThanhPhanHoSo": procedure.result.code,
        "GiayToId": str(issued.id),
        "DuongDanTepTinKetQua": issued.verify_url,
        "MaGiayToKetQua": issued.number,
    }


def _result(dossier: Dossier) -> Result | None:
    return getattr(dossier, "result", None)


def _who(dispatch: Dispatch) -> tuple[str, str, str]:
    """Return name, title and office of whoever acted: an officer by name, the applicant by theirs."""
    office = dispatch.agency.name if dispatch.agency else ""
    dossier = dispatch.dossier
    if dossier is None:
        return "", "", office
    entries = LedgerEntry.objects.filter(subject_id=dossier.pk, kind=dispatch.event, at=dispatch.happened_at)
    entry = entries.order_by("position").last()
    if entry is None or entry.actor_kind != "officer":
        is_applicant = entry is not None and entry.actor_kind == "citizen"
        return dossier.applicant.full_name if is_applicant else "", "", office
    account = Account.objects.filter(pk=entry.actor_id).first()
    post = Post.objects.select_related("agency").filter(pk=entry.post_id).first() if entry.post_id else None
    return (
        account.get_full_name() if account else "",
        post.title if post else "",
        post.agency.name if post else office,
    )


def _words(event: str) -> str:
    with translation.override("vi"):
        return str(SENTENCES.get(event, ""))


def _moment(at: datetime | None, rules: PortalRules) -> str:
    return local(at).strftime(rules.dates) if at else ""
