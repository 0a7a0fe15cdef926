"""Addresses of the registers at the desk."""

from django.urls import path

from tinhso.web.registers import (
    deed_pages,
    export_pages,
    import_pages,
    keeping_pages,
    pages,
    quality_pages,
    settle_pages,
)

app_name = "registers"

urlpatterns = [
    path("", pages.home, name="home"),
    path("het-han-luu/", keeping_pages.waiting, name="keeping"),
    path("het-han-luu/<uuid:review_id>/", keeping_pages.decide, name="keep"),
    path("so/<str:register_id>/", pages.records, name="list"),
    path("so/<str:register_id>/ghi/", deed_pages.enter, name="enter"),
    path("so/<str:register_id>/chat-luong/", quality_pages.figures, name="quality"),
    path("so/<str:register_id>/trung/", quality_pages.twins, name="twins"),
    path("so/<str:register_id>/trung/<uuid:twin_id>/khac-nhau/", quality_pages.apart, name="apart"),
    path("so/<str:register_id>/xuat/", export_pages.export, name="export"),
    path("so/<str:register_id>/nhap/", import_pages.files, name="import"),
    path("nhap/<uuid:import_id>/", import_pages.one, name="import-one"),
    path("nhap/<uuid:import_id>/cot/", import_pages.columns, name="import-columns"),
    path("nhap/<uuid:import_id>/ghi/", import_pages.confirm, name="import-load"),
    path("nhap/<uuid:import_id>/dung/", import_pages.stop, name="import-stop"),
    path("nhap/<uuid:import_id>/loi.csv", import_pages.faults, name="import-faults"),
    path("ban-ghi/<uuid:record_id>/", pages.record, name="record"),
    path("ban-ghi/<uuid:record_id>/ghi-thay-doi/", deed_pages.correct, name="correct"),
    path("ban-ghi/<uuid:record_id>/dinh-chinh/", deed_pages.past, name="past"),
    path("ban-ghi/<uuid:record_id>/con-dung/", deed_pages.confirm, name="confirm"),
    path("ban-ghi/<uuid:record_id>/huy/", settle_pages.cancel, name="cancel"),
    path("ban-ghi/<uuid:record_id>/khoi-phuc/", settle_pages.restore, name="restore"),
    path("ban-ghi/<uuid:record_id>/gop/", settle_pages.merge, name="merge"),
    path("ban-ghi/<uuid:record_id>/tach/", settle_pages.split, name="split"),
]
