"""Addresses of the pages about posts and absences, under the desk's."""

from django.urls import path

from tinhso.web.desk.people import pages

urlpatterns = [
    path("", pages.staff, name="people"),
    path("co-quan/<uuid:agency_id>/giao/", pages.appoint, name="appoint"),
    path("vi-tri/<uuid:post_id>/thoi/", pages.end, name="end-post"),
    path("vi-tri/<uuid:post_id>/lam-thay/", pages.substitute, name="substitute"),
    path("lam-thay/<uuid:substitution_id>/thoi/", pages.end_substitution, name="end-substitution"),
]
