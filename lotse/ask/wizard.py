"""The way to a counsellor: one question on each page, each answer a plain link."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lotse.ask import fitting, offered
from lotse.ask.choices import ABROAD, NO, STEPS, UNSAID, YES, Choices, label, read
from lotse.centres import places


class Option(NamedTuple):
    link: str
    text: str
    hint: str = ""
    language: str = ""
    direction: str = ""


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    choices = read(request.GET)
    answer = _STEPS[choices.step](request, choices)
    if isinstance(answer, HttpResponse):
        return answer
    context = {
        "choices": choices,
        "step": choices.step,
        "number": min(len(STEPS), 1 + sum(bool(getattr(choices, name)) for name in STEPS)),
        "steps": range(1, len(STEPS) + 1),
        "back": choices.back().link() if choices != Choices() else "/",
    }
    return render(request, f"ask/step_{choices.step}.html", context | answer)


def _language(request: HttpRequest, choices: Choices) -> dict[str, Any]:
    return {
        "options": [
            Option(
                choices.link(language=one.code),
                one.own_name,
                one.local_name if one.local_name != one.own_name else "",
                one.code,
                one.direction,
            )
            for one in offered.languages(request)
        ]
    }


def _topic(request: HttpRequest, choices: Choices) -> dict[str, Any]:
    return {
        "options": [
            Option(choices.link(topic=topic.slug), str(topic)) for topic in offered.topics()
        ]
    }


def _place(request: HttpRequest, choices: Choices) -> dict[str, Any] | HttpResponse:
    asked = " ".join(request.GET.get("q", "")[: places.QUERY_MAX].split())
    found = [label(place) for place in places.search(asked)] if asked else []
    if len(found) == 1:
        return HttpResponseRedirect(choices.link(place=found[0]))
    return {
        "asked": asked,
        "found": [Option(choices.link(place=name), name) for name in found],
        "hidden": {"language": choices.language, "topic": choices.topic},
        "missing": "q" in request.GET and not found,
        "options": [
            Option(choices.link(place=ABROAD), _("I live abroad")),
            Option(choices.link(place=UNSAID), _("I'd rather not say")),
        ],
    }


def _yes_or_no(name: str) -> Callable[[HttpRequest, Choices], dict[str, Any]]:
    def step(request: HttpRequest, choices: Choices) -> dict[str, Any]:
        answers = ((YES, _("Yes")), (NO, _("No")), (UNSAID, _("I'd rather not say")))
        return {"options": [Option(choices.link(**{name: key}), text) for key, text in answers]}

    return step


def _elsewhere(request: HttpRequest, choices: Choices) -> dict[str, Any]:
    return {
        "young": choices.age == YES,
        "asylum": choices.asylum == YES,
        "onward": choices.link(told=YES),
        "handbook": f"https://handbookgermany.de/{get_language() or 'de'}",
    }


def _counsellors(request: HttpRequest, choices: Choices) -> dict[str, Any]:
    return fitting.context(request, choices)


_STEPS: dict[str, Callable[[HttpRequest, Choices], dict[str, Any] | HttpResponse]] = {
    "language": _language,
    "topic": _topic,
    "place": _place,
    "age": _yes_or_no("age"),
    "asylum": _yes_or_no("asylum"),
    "elsewhere": _elsewhere,
    "counsellors": _counsellors,
}
