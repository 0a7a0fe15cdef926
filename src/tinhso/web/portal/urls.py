"""Addresses of the citizen's pages."""

from tinhso.web.portal import urls_apply, urls_explained, urls_mine

app_name = "portal"
urlpatterns = [*urls_apply.urlpatterns, *urls_mine.urlpatterns, *urls_explained.urlpatterns]
