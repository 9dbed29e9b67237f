"""Staff join by an invitation."""

import secrets
from typing import Annotated

from django.db import IntegrityError
from django.utils.text import slugify
from pydantic import Field

from lotse.accounts.models import Person
from lotse.accounts.roles import Role
from lotse.centres.invitations import Token, use
from lotse.centres.keys import tell
from lotse.centres.models import Centre, Coordinator, Counsellor, Language
from lotse.core.conflicts import is_taken
from lotse.core.database import atomic
from lotse.core.problems import Problem
from lotse.core.schema import Line
from lotse.keys.actions import once, register
from lotse.keys.schemas import NewAccount

_SLUG_MAX = 60
Code = Annotated[str, Field(max_length=12, pattern="^[A-Za-z-]+$")]


class Join(NewAccount, Token):
    """`name` and `languages` are what clients see of a counsellor."""

    name: Annotated[Line, Field(max_length=80)]
    languages: Annotated[list[Code], Field(max_length=50)]


def join(new: Join) -> Person:
    """The new colleague; raises Problem "gone", "nickname-taken", "invalid" or "conflict"."""
    return once(new, lambda: _join(new))


def _join(new: Join) -> Person:
    invitation = use(new.token)
    is_administrator = invitation.role == Role.ADMINISTRATOR
    person = register(new, invitation.role, is_superuser=is_administrator)
    if invitation.centre:
        _make_counsellor(person, invitation.centre, new)
    elif invitation.organisation:
        Coordinator.objects.create(person=person, organisation=invitation.organisation)
    return person


def _make_counsellor(person: Person, centre: Centre, new: Join) -> None:
    if not new.name:
        raise _invalid("name", "missing")
    languages = list(Language.objects.filter(pk__in=new.languages))
    if not languages or len(languages) != len(set(new.languages)):
        raise _invalid("languages", "language-unknown")
    counsellor = _named(Counsellor(person=person, centre=centre, name=new.name))
    counsellor.languages.set(languages)
    # The leads of the centre's keys see at once that a colleague waits to be admitted.
    tell(centre.pk)


def _named(counsellor: Counsellor) -> Counsellor:
    """Saves the counsellor. Her address is her name, with a random suffix if the name is taken."""
    suffix = secrets.token_hex(4)
    counsellor.slug = slugify(counsellor.name)[:_SLUG_MAX].strip("-") or suffix
    try:
        with atomic():
            counsellor.save(force_insert=True)
    except IntegrityError as error:
        if not is_taken(error, (Counsellor, "slug")):
            raise
        counsellor.slug = f"{counsellor.slug}-{suffix}"
        counsellor.save(force_insert=True)
    return counsellor


def _invalid(field: str, what: str) -> Problem:
    return Problem("invalid", extra={"fields": [{"at": [field], "what": what}]})
