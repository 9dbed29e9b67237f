"""All URLs that Django serves."""

from django.urls import include, path

from lotse.api import api

urlpatterns = [
    path("api/", api.urls),
    path("", include("lotse.ask.urls")),
    path("", include("lotse.accounts.urls")),
    path("", include("lotse.conversations.urls")),
    path("", include("lotse.desk.urls")),
    path("office/", include("lotse.office.urls")),
]

handler400 = "lotse.ask.errors.bad_request"
handler403 = "lotse.ask.errors.forbidden"
handler404 = "lotse.ask.errors.not_found"
handler500 = "lotse.ask.errors.broken"
