"""Pages that the script in the browser fills."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lotse.core.page import island


@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    return island(request, "sign-in", _("Sign in"))


@require_safe
def recover(request: HttpRequest) -> HttpResponse:
    return island(request, "recover", _("Forgotten password"))


@require_safe
def join(request: HttpRequest) -> HttpResponse:
    """The invitation's token is in the fragment, which browsers never send to a server."""
    return island(request, "join", _("Your invitation"))
