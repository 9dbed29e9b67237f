"""A session's kind of device, just precise enough for people to recognise their own."""

_FAMILIES = {
    # The order matters, because most browsers name others, too.
    "SamsungBrowser": "Samsung",
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
_PHONES = ("Mobi", "Android", "iPhone", "iPad")


def device_of(user_agent: str) -> str:
    """The browser, if it is known, and "phone" or "computer", such as "Firefox phone"."""
    family = next((name for mark, name in _FAMILIES.items() if mark in user_agent), "")
    kind = "phone" if any(mark in user_agent for mark in _PHONES) else "computer"
    return f"{family} {kind}".strip()
