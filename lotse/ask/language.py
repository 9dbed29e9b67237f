"""The language switch: a plain link, because a form would cost every page a token."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

YEAR = 365 * 24 * 3600


@require_safe
def switch(request: HttpRequest, code: str) -> HttpResponse:
    if not translation.check_for_language(code) or code not in dict(settings.LANGUAGES):
        raise Http404
    back = request.GET.get("next", "")
    # An open redirect would lend our name to a page that fakes ours.
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = HttpResponseRedirect(back if safe and "\n" not in back else "/")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def preferred(request: HttpRequest) -> list[str]:
    """Languages this person may speak, likeliest first: the browser's, then the page's."""
    header = parse_accept_lang_header(request.headers.get("Accept-Language", "")[:500])
    spoken = [code for code, weight in header if weight and code != "*"]
    both = [part for code in spoken for part in (code, code.split("-")[0])]
    return list(dict.fromkeys([*both, translation.get_language() or settings.LANGUAGE_CODE]))
