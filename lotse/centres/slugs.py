"""Slugs for the public pages of centres and counsellors."""

from collections.abc import Container
from itertools import count

from django.utils.text import slugify

_LENGTH = 60
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def free_slug(name: str, taken: Container[str], otherwise: str) -> str:
    """The name as a slug, numbered if taken; `otherwise` if the name has no Latin letters."""
    word = slugify(name.casefold().translate(_GERMAN))[:_LENGTH].strip("-") or otherwise
    numbered = (f"{word}-{number}" for number in count(2))
    return word if word not in taken else next(slug for slug in numbered if slug not in taken)
