"""Addresses of OGC API Features; include it under ``ogc/``."""

from django.urls import path

from tinhso.api.ogc import collections, description, items

app_name = "ogc"
urlpatterns = [
    path("", collections.landing, name="landing"),
    path("conformance", collections.conformance, name="conformance"),
    path("api", description.api, name="api"),
    path("collections", collections.collections, name="collections"),
    path("collections/<str:collection_id>", collections.collection, name="collection"),
    path("collections/<str:collection_id>/items", items.items, name="items"),
    path("collections/<str:collection_id>/items/<uuid:feature_id>", items.item, name="item"),
]
