"""Addresses of the pages of a community digital team."""

from django.urls import path

from tinhso.web.assist import pages, word_pages

app_name = "assist"

urlpatterns = [
    path("", pages.home, name="home"),
    path("nguoi/", pages.person, name="person"),
    path("nguoi/<uuid:person_id>/", word_pages.word, name="word"),
    path("ma/<uuid:request_id>/", word_pages.code, name="code"),
    path("uy-quyen/<uuid:mandate_id>/", word_pages.begin, name="begin"),
    path("uy-quyen/<uuid:mandate_id>/thoi/", word_pages.end, name="end"),
]
