"""Quick exit: away from here at once, and nothing to come back to."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from lotse.accounts import sessions


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Ends the session, so that "back" shows nobody's conversation, and goes to a neutral page."""
    # Another site may link here, but must not sign people out.
    if request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}:
        sessions.end(request)
    return HttpResponseRedirect(settings.QUICK_EXIT)
