"""The public page of a counsellor or a centre, its QR code, and a sheet to print."""

import io
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lotse import env
from lotse.ask.offered import spoken
from lotse.centres import answer_time, queries
from lotse.centres.models import Centre, Counsellor


@require_safe
def counsellor(request: HttpRequest, slug: str) -> HttpResponse:
    person = _counsellor(slug)
    now = timezone.now()
    context = {
        "counsellor": person,
        "languages": [spoken(language.code) for language in person.languages.all()],
        "answer_by": answer_time.answer_by(person, now),
        "absent_until": _absent_until(person, now),
        "chat": f"/chat/?{urlencode({'counsellor': str(person.id)})}",
    }
    return render(request, "ask/counsellor.html", context)


@require_safe
def centre(request: HttpRequest, slug: str) -> HttpResponse:
    place = _centre(slug)
    codes = {language.code for one in place.counsellors.all() for language in one.languages.all()}
    context = {
        "centre": place,
        "languages": [spoken(code) for code in sorted(codes)],
        "answer_by": answer_time.centre_answer_by(place, timezone.now()),
        "chat": f"/chat/?{urlencode({'centre': str(place.id)})}",
    }
    return render(request, "ask/centre.html", context)


@require_safe
def counsellor_code(request: HttpRequest, slug: str) -> HttpResponse:
    return _code(_address("counsellor", _counsellor(slug).slug))


@require_safe
def centre_code(request: HttpRequest, slug: str) -> HttpResponse:
    return _code(_address("centre", _centre(slug).slug))


@require_safe
def counsellor_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    person = _counsellor(slug)
    return _sheet(request, "counsellor", slug, {"name": person.name, "place": person.centre.name})


@require_safe
def centre_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    place = _centre(slug)
    return _sheet(request, "centre", slug, {"name": place.name, "place": place.organisation.name})


def _counsellor(slug: str) -> Counsellor:
    return get_object_or_404(queries.whole_counsellors(), slug=slug)


def _centre(slug: str) -> Centre:
    return get_object_or_404(queries.whole_centres(), slug=slug)


def _absent_until(person: Counsellor, now: datetime) -> date | None:
    worker = answer_time.Worker.of(person, person.absences.all())
    today = timezone.localtime(now).date()
    return answer_time.absent_until(worker, person.centre.state, today)


def _address(kind: str, slug: str) -> str:
    return env.ORIGIN + reverse(f"ask:{kind}", args=[slug])


def _code(address: str) -> HttpResponse:
    drawn = io.BytesIO()
    # Dark on light even in dark mode: many cameras cannot read inverted codes.
    segno.make_qr(address, error="m").save(drawn, kind="svg", scale=8, light="#fff", xmldecl=False)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


def _sheet(request: HttpRequest, kind: str, slug: str, names: dict[str, Any]) -> HttpResponse:
    """The invitation in every language of the interface, as anybody may pick up the sheet."""
    invitations = []
    for code, _own_name in settings.LANGUAGES:
        with translation.override(code):
            invitations.append(
                (code, _("Ask your question here – in your language, in confidence."))
            )
    context = names | {
        "address": _address(kind, slug),
        "code": reverse(f"ask:{kind}-code", args=[slug]),
        "invitations": invitations,
    }
    return render(request, "ask/sheet.html", context)
