"""Addresses of what a citizen has filed, owes, received and said."""

from django.urls import URLPattern, path

from tinhso.web.portal import (
    account,
    dossier,
    inbox,
    my_dossiers,
    pay,
    rating,
    serve,
    supplementing,
    tracking,
)

urlpatterns: list[URLPattern] = [
    path("ho-so/", my_dossiers.show, name="dossiers"),
    path("ho-so/<uuid:dossier_id>/", dossier.show, name="dossier"),
    path("ho-so/<uuid:dossier_id>/rut/", dossier.withdraw, name="withdraw"),
    path("ho-so/<uuid:dossier_id>/bo-sung/", supplementing.supplement, name="supplement"),
    path("ho-so/<uuid:dossier_id>/thanh-toan/", pay.show, name="pay"),
    path("ho-so/<uuid:dossier_id>/thanh-toan/ma-qr.png", pay.picture, name="pay-picture"),
    path("ho-so/<uuid:dossier_id>/thanh-toan/qua-cong/", pay.by_platform, name="pay-platform"),
    path("ho-so/<uuid:dossier_id>/thanh-toan/phieu-moi/", pay.renew, name="pay-renew"),
    path("tra-cuu/", tracking.track, name="track"),
    path("hop-thu/", inbox.inbox, name="inbox"),
    path("hop-thu/<uuid:message_id>/", inbox.message, name="message"),
    path("danh-gia/<str:token>/", rating.rate, name="rate"),
    path("giay-to/<uuid:file_id>/", serve.paper, name="paper"),
    path("tai-lieu/<uuid:file_id>/", serve.document, name="document"),
    path("tai-khoan/", account.show, name="account"),
    path("tai-khoan/lien-he/", account.contact, name="account-contact"),
    path("tai-khoan/thong-bao/", account.channels, name="account-channels"),
    path("tai-khoan/ngon-ngu/", account.speech, name="account-language"),
    path("tai-khoan/uy-quyen/", account.give, name="account-give"),
    path("tai-khoan/uy-quyen/<uuid:mandate_id>/thoi/", account.revoke, name="account-revoke"),
]
