"""What kind of device a session is on: enough for its person to know it again, and no more."""

_FAMILIES = {
    # In this order: most of them name others, too.
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
    """Browser and "phone" or "computer", such as "Firefox phone"; the browser may be missing."""
    family = next((name for mark, name in _FAMILIES.items() if mark in user_agent), "")
    kind = "phone" if any(mark in user_agent for mark in _PHONES) else "computer"
    return f"{family} {kind}".strip()
