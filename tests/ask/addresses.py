"""Every public page in each of its states."""

CHOSEN = "/ask/?language=ar&topic=work&place=10115+Berlin"
PAGES = {
    "start": "/",
    "language": "/ask/",
    "topic": "/ask/?language=ar",
    "place": "/ask/?language=ar&topic=work",
    "places": "/ask/?language=ar&topic=work&q=Neustadt",
    "no-place": "/ask/?language=ar&topic=work&q=Nirgendwo",
    "age": CHOSEN,
    "asylum": f"{CHOSEN}&age=no",
    "elsewhere": f"{CHOSEN}&age=yes&asylum=yes",
    "counsellors": f"{CHOSEN}&age=no&asylum=no",
    "nobody": "/ask/?language=so&topic=work&place=10115+Berlin&age=no&asylum=no",
    "counsellor": "/c/amira/",
    "centre": "/centre/haus-berlin/",
    "closed": "/centre/haus-zu/",
    "sheet": "/c/amira/print/",
    "help": "/help/",
    "answer-time": "/answer-time/",
    "privacy": "/privacy/",
    "imprint": "/imprint/",
    "not-found": "/c/niemand/",
}
LANGUAGES = ("de", "en", "ar", "ru")
LAYOUTS = ("de", "ar", "ru")
"""Long words, right to left, another script: what fits in these fits in all."""
