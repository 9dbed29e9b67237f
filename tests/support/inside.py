"""Uses a running server's database in this process: starting another one takes over a second."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from pytest_django import DjangoDbBlocker

from lotse.accounts.roles import Role
from lotse.centres.invitations import invite
from lotse.centres.models import Centre, Language, Organisation
from tests.support.database import switched
from tests.support.server import Server

blockers: list[DjangoDbBlocker] = []
"""pytest's blocker, for helpers without fixtures (tests/conftest.py). Empty in benchmarks."""


@contextmanager
def inside(server: Server) -> Iterator[None]:
    with unblocked(), switched(server.environment["LOTSE_DATABASE"]):
        yield


def unblocked() -> AbstractContextManager[None]:
    return blockers[0].unblock() if blockers else nullcontext()


def new_centre(server: Server, name: str, slug: str) -> str:
    """The centre's id. It has no keys yet: the first member founds them."""
    with inside(server):
        for code in ("de", "ar", "ru", "en"):
            Language.objects.get_or_create(code=code)
        made, _ = Organisation.objects.get_or_create(name="Verband am Hafen")
        return str(Centre.objects.create(organisation=made, name=name, slug=slug).pk)


def new_invitation(server: Server, centre: str, role: str = "counsellor") -> str:
    """The token of an invitation to the centre, or for a coordinator to its organisation."""
    with inside(server):
        place = Centre.objects.get(pk=centre)
        to = place if role == Role.COUNSELLOR else place.organisation
        return invite(Role(role), to)[1].partition("#")[2]
