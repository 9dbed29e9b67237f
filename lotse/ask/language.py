"""The language switch: a form with a button for each language, which works without script."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

YEAR = 365 * 24 * 3600


# Other sites cannot change it: core/origin.py refuses their forms. A token would give every page a
# cookie.
@csrf_exempt
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    code = request.POST.get("language", "")
    if code not in dict(settings.LANGUAGES):
        raise BadRequest
    back = request.POST.get("next", "")
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
