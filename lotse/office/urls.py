"""Wagtail's admin, without the parts that would bypass our sign-in and our roles."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin.auth import require_admin_access

from lotse.office.views import Account, leave


def closed(request: HttpRequest) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("", RedirectView.as_view(url="/office/centres/")),
    # A second sign-in form would have no limit of attempts, and would send the password itself.
    path("login/", RedirectView.as_view(url="/desk/", query_string=True)),
    path("logout/", leave),
    # These would make people without keys, grant rights beside the one table of roles, and serve
    # Wagtail's test page, which fails on purpose.
    re_path(r"^(?:password_reset|users|groups|bulk|failwhale|test404)/", closed),
    path("account/", require_admin_access(Account.as_view())),
    path("", include("wagtail.admin.urls")),
]
