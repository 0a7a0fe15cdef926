"""Addresses from the front door to a filed dossier."""

from django.urls import path

from tinhso.web.portal.catalogue import catalogue
from tinhso.web.portal.check import check
from tinhso.web.portal.communes import communes
from tinhso.web.portal.discard import discard
from tinhso.web.portal.form_page import form_page, resume
from tinhso.web.portal.home import home
from tinhso.web.portal.papers import paper_file, papers, upload
from tinhso.web.portal.procedure import procedure
from tinhso.web.portal.start import start

urlpatterns = [
    path("", home, name="home"),
    path("thu-tuc/", catalogue, name="catalogue"),
    path("thu-tuc/<str:code>/", procedure, name="procedure"),
    path("thu-tuc/<str:code>/nop/", start, name="start"),
    path("xa-phuong/", communes, name="communes"),
    path("to-khai/<uuid:draft_id>/", resume, name="form-resume"),
    path("to-khai/<uuid:draft_id>/giay-to/", papers, name="form-papers"),
    path("to-khai/<uuid:draft_id>/tep/", upload, name="form-upload"),
    path("to-khai/<uuid:draft_id>/tep/<uuid:paper_id>/", paper_file, name="form-file"),
    path("to-khai/<uuid:draft_id>/kiem-tra/", check, name="form-check"),
    path("to-khai/<uuid:draft_id>/xoa/", discard, name="form-discard"),
    path("to-khai/<uuid:draft_id>/<slug:page_id>/", form_page, name="form-page"),
]
