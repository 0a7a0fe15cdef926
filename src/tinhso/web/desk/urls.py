"""Addresses of the officers' desk."""

from django.urls import include, path

from tinhso.web.desk import (
    act_pages,
    batch_pages,
    beside_pages,
    book_pages,
    export_pages,
    file_pages,
    intake_organisation_pages,
    intake_pages,
    neighbour_pages,
    notice_pages,
    opinion_pages,
    pages,
    reason_pages,
    settings_pages,
    signing_pages,
    thread_pages,
    till_pages,
    workload_pages,
)

app_name = "desk"

urlpatterns = [
    path("", pages.inbox, name="inbox"),
    path("tiep-nhan/", intake_pages.intake, name="intake"),
    path("tiep-nhan/ghi-nguoi/", intake_pages.register, name="register"),
    path("tiep-nhan/<uuid:person_id>/", intake_pages.choose, name="choose"),
    path("tiep-nhan/<uuid:person_id>/to-chuc/", intake_organisation_pages.organisation, name="organisation"),
    path("thong-bao/", notice_pages.notices, name="notices"),
    path("thong-bao/thu-dien-tu/", notice_pages.email, name="notice-email"),
    path("thong-bao/<uuid:message_id>/", notice_pages.notice, name="notice"),
    path("nhan-su/", include("tinhso.web.desk.people.urls")),
    path("so-theo-doi/", book_pages.book, name="book"),
    path("so-theo-doi/<int:number>/", book_pages.volume, name="volume"),
    path("ho-so/<uuid:dossier_id>/phieu-kiem-soat/", book_pages.sheet, name="control-sheet"),
    path("thu-ngan/", till_pages.till, name="till"),
    path("thu-ngan/mo/", till_pages.opening, name="till-open"),
    path("thu-ngan/chot/", till_pages.closing, name="till-close"),
    path("thu-ngan/ca/<uuid:shift_id>/", till_pages.shift, name="till-shift"),
    path("thu-ngan/phieu-thu/<uuid:receipt_id>/huy/", till_pages.storno, name="till-storno"),
    path("trinh-ky/", signing_pages.signing, name="signing"),
    path("viec-loat/", batch_pages.mine, name="batches"),
    path("viec-loat/moi/", batch_pages.new, name="batch-new"),
    path("viec-loat/<uuid:batch_id>/", batch_pages.batch, name="batch"),
    path("viec-loat/<uuid:batch_id>/dung/", batch_pages.cancel, name="batch-cancel"),
    path("bo-loc/", settings_pages.filters, name="filters"),
    path("cot/", settings_pages.columns, name="columns"),
    path("cau-mau/", reason_pages.templates, name="reasons"),
    path("cau-mau/<uuid:template_id>/bo/", reason_pages.strike, name="reason-strike"),
    path("khoi-luong/", workload_pages.workload_list, name="workload"),
    path(
        "khoi-luong/<uuid:agency_id>/<uuid:account_id>/da-xong/", workload_pages.done, name="workload-done"
    ),
    path("ke-tiep/", neighbour_pages.step, name="beside"),
    path("y-kien/", opinion_pages.opinions, name="opinions"),
    path("xuat/", export_pages.exports, name="exports"),
    path("xuat/<uuid:export_id>/", export_pages.export, name="export"),
    path("xuat/<uuid:export_id>/dung/", export_pages.stop, name="export-stop"),
    path("xuat/<uuid:export_id>/tai/", export_pages.file, name="export-file"),
    path("tra-cuu/", pages.search, name="search"),
    path("ho-so/<uuid:dossier_id>/", pages.dossier, name="dossier"),
    path("ho-so/<uuid:dossier_id>/xem-truoc/", file_pages.preview, name="preview"),
    path("ho-so/<uuid:dossier_id>/y-kien/<uuid:consultation_id>/", opinion_pages.answer, name="opinion"),
    path(
        "ho-so/<uuid:dossier_id>/y-kien/<uuid:consultation_id>/rut/", beside_pages.withdraw, name="withdraw"
    ),
    path("ho-so/<uuid:dossier_id>/ghi-chu/<uuid:note_id>/gach/", beside_pages.strike, name="strike"),
    path("ho-so/<uuid:dossier_id>/giay-to/<uuid:paper_id>/", file_pages.paper, name="paper"),
    path("ho-so/<uuid:dossier_id>/van-ban/<uuid:document_id>/", file_pages.document, name="document"),
    path("ho-so/<uuid:dossier_id>/trao-doi/", thread_pages.thread, name="thread"),
    path("ho-so/<uuid:dossier_id>/trao-doi/<uuid:paper_id>/", thread_pages.file, name="thread-file"),
    path("ho-so/<uuid:dossier_id>/<slug:slug>/", act_pages.act, name="act"),
]
