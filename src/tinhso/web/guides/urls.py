"""Addresses of the guides."""

from django.urls import path

from tinhso.web.guides import pages

app_name = "guides"

urlpatterns = [
    path("<slug:slug>/", pages.contents, name="contents"),
    path("<slug:slug>/ca-sach/", pages.whole, name="whole"),
    path("<slug:slug>/<slug:chapter_slug>/", pages.chapter, name="chapter"),
]
