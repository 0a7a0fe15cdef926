"""Addresses from the front door to a filed dossier."""

from django.urls import path

from tinhso.web.portal.catalogue import catalogue, suggestions
from tinhso.web.portal.check import check
from tinhso.web.portal.communes import communes
from tinhso.web.portal.discard import discard
from tinhso.web.portal.form_page import form_page, resume
from tinhso.web.portal.home import home
from tinhso.web.portal.papers import paper_file, papers, upload
from tinhso.web.portal.poster import poster
from tinhso.web.portal.procedure import procedure
from tinhso.web.portal.publication import open_data, publication
from tinhso.web.portal.start import start
from tinhso.web.portal.together import start as start_together
from tinhso.web.portal.together import together
from tinhso.web.portal.versions import comparison, history

urlpatterns = [
    path("", home, name="home"),
    path("thu-tuc/", catalogue, name="catalogue"),
    path("thu-tuc/goi-y/", suggestions, name="suggestions"),
    path("thu-tuc/cong-khai/", publication, name="publication"),
    path("thu-tuc/du-lieu-mo/", open_data, name="open-data"),
    path("thu-tuc/<str:code>/", procedure, name="procedure"),
    path("thu-tuc/<str:code>/lich-su/", history, name="history"),
    path("thu-tuc/<str:code>/so-sanh/", comparison, name="comparison"),
    path("thu-tuc/<str:code>/niem-yet/", poster, name="poster"),
    path("thu-tuc/<str:code>/nop/", start, name="start"),
    path("lien-thong/<slug:bundle_id>/nop/", start_together, name="together-start"),
    path("lien-thong/<uuid:filing_id>/", together, name="together"),
    path("xa-phuong/", communes, name="communes"),
    path("to-khai/<uuid:draft_id>/", resume, name="form-resume"),
    path("to-khai/<uuid:draft_id>/giay-to/", papers, name="form-papers"),
    path("to-khai/<uuid:draft_id>/tep/", upload, name="form-upload"),
    path("to-khai/<uuid:draft_id>/tep/<uuid:paper_id>/", paper_file, name="form-file"),
    path("to-khai/<uuid:draft_id>/kiem-tra/", check, name="form-check"),
    path("to-khai/<uuid:draft_id>/xoa/", discard, name="form-discard"),
    path("to-khai/<uuid:draft_id>/<slug:page_id>/", form_page, name="form-page"),
]
