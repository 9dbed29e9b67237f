"""`lotse invite`: makes a one-time link, for the first people of an installation."""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.core.management.base import CommandError, CommandParser
from django.db.models import Model, Q, QuerySet

from lotse.accounts.roles import Role
from lotse.centres.invitations import DAYS, Place, invite
from lotse.centres.models import Centre, Organisation
from lotse.core.command import QuickCommand

ROLES = [Role.ADMINISTRATOR.value, Role.COORDINATOR.value, Role.COUNSELLOR.value]
_SHOWN = 10

M = TypeVar("M", bound=Model)


class Command(QuickCommand):
    help = "Print a one-time link with which a member of staff joins."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", choices=ROLES)
        parser.add_argument("--centre", help="counsellors: its name, address word or id")
        parser.add_argument("--organisation", help="coordinators: its name or id")
        parser.add_argument("--note", default="", help="whom it is for; coordinators see it")
        parser.add_argument("--days", type=int, default=DAYS, help="how long it is valid")

    def handle(
        self,
        *,
        role: str,
        centre: str | None,
        organisation: str | None,
        note: str,
        days: int,
        **options: object,
    ) -> None:
        _check(role, centre, organisation, note, days)
        place = _place(centre, organisation)
        _, link = invite(role, place, note=note, days=days)
        self.stdout.write(link)
        self.stderr.write(f"Works once, within {days} days. Hand it over in private.")


def _check(role: str, centre: str | None, organisation: str | None, note: str, days: int) -> None:
    needed = {Role.COUNSELLOR: "--centre", Role.COORDINATOR: "--organisation"}.get(Role(role))
    given = {"--centre": centre, "--organisation": organisation}
    for option, value in given.items():
        if option == needed and not value:
            raise CommandError(f"{role} needs {option}.")
        if option != needed and value:
            raise CommandError(f"{option} does not go with {role}.")
    if not 1 <= days <= 365:
        raise CommandError("--days: from 1 to 365.")
    if len(note) > 120:
        raise CommandError("--note: at most 120 characters.")


def _place(centre: str | None, organisation: str | None) -> Place:
    if centre:
        return _centre(centre)
    return _organisation(organisation) if organisation else None


def _centre(text: str) -> Centre:
    wanted = Q(name__iexact=text) | Q(slug=text)
    found = Centre.objects.filter(wanted | _by_id(text)).order_by("slug")
    return _only(found, "centre", (f"{one.slug}  ({one.name}, {one.place})" for one in found))


def _organisation(text: str) -> Organisation:
    found = Organisation.objects.filter(Q(name__iexact=text) | _by_id(text)).order_by("name")
    return _only(found, "organisation", (f"{one.pk}  ({one.name})" for one in found))


def _by_id(text: str) -> Q:
    try:
        return Q(pk=UUID(text))
    except ValueError:
        return Q(pk=None)


def _only(found: QuerySet[M], kind: str, lines: Iterable[str]) -> M:
    matches = list(found[:2])
    if not matches:
        raise CommandError(f"There is no {kind} of that name, address word or id.")
    if len(matches) > 1:
        listed = "\n".join(f"- {line}" for line, _ in zip(lines, range(_SHOWN), strict=False))
        raise CommandError(f"Several are called that; name one of:\n{listed}")
    return matches[0]
