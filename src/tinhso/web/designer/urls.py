"""Addresses of the designer, under the desk's."""

from django.urls import path

from tinhso.web.designer import (
    example_pages,
    home_pages,
    part_pages,
    preview_pages,
    publish_pages,
    section_pages,
    template_pages,
    version_pages,
)

app_name = "designer"

urlpatterns = [
    path("", home_pages.home, name="home"),
    path("mo/", home_pages.start, name="start"),
    path("nhap/", home_pages.bring_in, name="import"),
    path("thu-tuc/<str:code>/", version_pages.versions, name="versions"),
    path("thu-tuc/<str:code>/khoi-phuc/", version_pages.restore, name="restore"),
    path("thu-tuc/<str:code>/tra-lai/", version_pages.give_back, name="give-back"),
    path("<uuid:design_id>/", section_pages.overview, name="design"),
    path("<uuid:design_id>/muc/<str:place>/", section_pages.section, name="section"),
    path("<uuid:design_id>/phan/<str:place>/", part_pages.part, name="part"),
    path("<uuid:design_id>/them/<str:place>/", part_pages.add, name="add"),
    path("<uuid:design_id>/viec/", section_pages.do, name="do"),
    path("<uuid:design_id>/tep/", template_pages.source, name="source"),
    path("<uuid:design_id>/mau/<str:name>/", template_pages.template, name="template"),
    path("<uuid:design_id>/ban-mau/", template_pages.sample, name="sample"),
    path("<uuid:design_id>/xem-truoc/", preview_pages.preview, name="preview"),
    path("<uuid:design_id>/vi-du/", example_pages.examples, name="examples"),
    path("<uuid:design_id>/so-sanh/", version_pages.diff, name="diff"),
    path("<uuid:design_id>/quy-trinh/", section_pages.process, name="process"),
    path("<uuid:design_id>/cong-bo/", publish_pages.publish, name="publish"),
    path("<uuid:design_id>/tai-ve/", publish_pages.export, name="export"),
]
