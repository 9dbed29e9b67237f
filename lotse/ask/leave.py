"""Quick exit: away from here at once, and nothing to come back to."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lotse.accounts import sessions


# Other sites cannot sign people out: core/origin.py refuses their forms. A token would give every
# page a cookie.
@csrf_exempt
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Ends the session, so that "back" shows nobody's conversation, and goes to a neutral page."""
    sessions.end(request)
    return HttpResponseRedirect(settings.QUICK_EXIT)
