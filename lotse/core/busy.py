"""The page that people see if a request is refused before a view could choose their language."""

from html import escape

from lotse.core.asgi_helpers import Send, finish, start
from lotse.core.problems import Problem

_TOO_MANY = {
    "de": "Gerade sind sehr viele Menschen hier. Bitte versuchen Sie es gleich noch einmal.",
    "en": "Very many people are here at the moment. Please try again soon.",
    "ar": "يوجد هنا الآن عدد كبير جدًا من الناس. يرجى المحاولة مرة أخرى بعد قليل.",
    "ru": "Сейчас здесь очень много людей. Попробуйте ещё раз чуть позже.",
}
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Connection": "close",
}


async def refuse_page(send: Send, problem: Problem) -> None:
    """Answers with a page about the problem and closes the connection."""
    body = _page(problem).encode()
    headers = _HEADERS | problem.headers() | {"Content-Length": str(len(body))}
    await start(send, problem.status, headers)
    await finish(send, body)


def _page(problem: Problem) -> str:
    told = _TOO_MANY if problem.slug == "unavailable" else {"en": str(problem.body()["title"])}
    lines = "".join(
        f'<p lang="{language}" dir="auto">{escape(text)}</p>' for language, text in told.items()
    )
    return (
        '<!doctype html><html lang="de"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>Lotse</title>{lines}"
    )
