"""Wagtail's admin, without the parts that would bypass our sign-in and our roles."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin.auth import require_admin_access

from lotse.office.views import Account, leave
from lotse.office.viewsets import Counselling

# Our own lists and forms, and what every page of Wagtail's asks for.
OPEN = [records.name for records in Counselling.items]
OPEN += ["login", "logout", "account", "dismissibles", "jsi18n", "sprite"]


def closed(request: HttpRequest) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("", RedirectView.as_view(url="/office/centres/")),
    # A second sign-in form would have no limit of attempts, and would send the password itself.
    path("login/", RedirectView.as_view(url="/desk/", query_string=True)),
    path("logout/", leave),
    # Everything else of Wagtail's is closed until something needs it. Some parts would go round
    # our rules: they make people without keys, grant rights beside the one table of roles, or take
    # files. Others fail, because they need parts that are not installed.
    re_path(rf"^(?!(?:{'|'.join(OPEN)})(?:/|$))", closed),
    path("account/", require_admin_access(Account.as_view())),
    path("", include("wagtail.admin.urls")),
]
