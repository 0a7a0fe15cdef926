"""Addresses of the gallery."""

from django.urls import path

from tinhso.web.gallery import views

app_name = "gallery"
urlpatterns = [path("", views.gallery, name="gallery")]
