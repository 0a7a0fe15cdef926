"""The address book: one line per area."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("tinhso.web.sign_in_urls")),
    path("api/v1/", include("tinhso.api.v1.urls")),
    path("ogc/", include("tinhso.web.opendata.ogc")),
    path("api/callbacks/", include("tinhso.api.callbacks.urls")),
    path("", include("tinhso.web.portal.urls")),
    path("ban-do/", include("tinhso.web.maps.urls")),
    path("huong-dan/", include("tinhso.web.guides.urls")),
    path("", include("tinhso.web.halls.urls")),
    path("tai-khoan/du-lieu/", include("tinhso.web.mydata.urls")),
    path("giay-to-cua-toi/", include("tinhso.web.wallet.urls")),
    path("ho-tro/", include("tinhso.web.assist.urls")),
    path("", include("tinhso.web.verify.urls")),
    path("du-lieu/", include("tinhso.web.opendata.urls")),
    path("so-cai/", include("tinhso.web.ledger.urls")),
    path("", include("tinhso.web.problems.urls")),
    path("ban-lam-viec/soan-thu-tuc/", include("tinhso.web.designer.urls")),
    path("", include("tinhso.web.corrections.urls")),
    path("ban-lam-viec/du-lieu/", include("tinhso.web.registers.urls")),
    path("ban-lam-viec/ke-hoach/", include("tinhso.web.plans.urls")),
    path("ke-hoach/", include("tinhso.web.plans.public_urls")),
    path("ban-lam-viec/chi-tieu/", include("tinhso.web.indicators.urls")),
    path("so-lieu/", include("tinhso.web.indicators.public_urls")),
    path("dieu-hanh/", include("tinhso.web.operations.public_urls")),
    path("ban-lam-viec/dieu-hanh/", include("tinhso.web.operations.urls")),
    path("ban-lam-viec/bao-cao/", include("tinhso.web.reports.urls")),
    path("ban-lam-viec/duong-di/", include("tinhso.web.flows.urls")),
    path("ban-lam-viec/neu-thi/", include("tinhso.web.whatif.urls")),
    path("ban-lam-viec/", include("tinhso.web.desk.urls")),
    path("thu-vien-giao-dien/", include("tinhso.web.gallery.urls")),
]

handler400 = "tinhso.web.errors.bad_request"
handler403 = "tinhso.web.errors.forbidden"
handler404 = "tinhso.web.errors.not_found"
handler429 = "tinhso.web.errors.too_many"
handler500 = "tinhso.web.errors.broken"
