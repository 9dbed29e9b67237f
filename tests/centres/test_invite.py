import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from lotse.accounts.models import Person
from lotse.accounts.roles import Role
from lotse.centres.invitations import check_may_invite, invite, open_by
from lotse.centres.models import Centre, Coordinator, Invitation, Organisation
from lotse.core.problems import Problem
from tests.centres.members import centre_called

pytestmark = pytest.mark.django_db


def invited(*arguments: str, **options: Any) -> Invitation:
    out = io.StringIO()
    call_command("invite", *arguments, stdout=out, stderr=io.StringIO(), **options)
    link = out.getvalue().strip()
    start, _, token = link.partition("#")
    assert start == "http://localhost:8000/join/"
    return open_by(token)


def refused(*arguments: str, **options: Any) -> str:
    with pytest.raises(CommandError) as raised:
        call_command("invite", *arguments, stdout=io.StringIO(), **options)
    assert not Invitation.objects.exists()
    return str(raised.value)


def test_a_counsellor_by_name_address_word_or_id() -> None:
    centre = centre_called("Haus Nord")
    for text in ("Haus Nord", "haus nord", "haus-nord", str(centre.pk)):
        invitation = invited("counsellor", centre=text)
        assert (invitation.role, invitation.centre) == ("counsellor", centre)


def test_a_coordinator_by_name_or_id() -> None:
    organisation = Organisation.objects.create(name="Verband")
    for text in ("Verband", str(organisation.pk)):
        assert invited("coordinator", organisation=text).organisation == organisation


def test_an_administrator() -> None:
    invitation = invited("administrator", note="for Adam", days=1)
    assert (invitation.role, invitation.note) == ("administrator", "for Adam")


@pytest.mark.parametrize(
    ("arguments", "options", "words"),
    [
        (["counsellor"], {}, "needs --centre"),
        (["coordinator"], {}, "needs --organisation"),
        (["administrator"], {"centre": "x"}, "does not go with"),
        (["counsellor"], {"centre": "x", "organisation": "y"}, "does not go with"),
        (["counsellor"], {"centre": "nowhere"}, "There is no centre"),
        (["coordinator"], {"organisation": "nobody"}, "There is no organisation"),
        (["client"], {}, "invalid choice"),
        (["administrator"], {"days": 0}, "--days"),
        (["administrator"], {"note": "x" * 121}, "--note"),
    ],
)
def test_mistakes_are_named(arguments: list[str], options: dict[str, Any], words: str) -> None:
    assert words in refused(*arguments, **options)


def test_two_of_the_same_name_are_listed() -> None:
    first = centre_called("Haus Nord")
    Centre.objects.create(
        organisation=first.organisation, name="Haus Nord", slug="nord-2", postcode="10115"
    )
    text = refused("counsellor", centre="Haus Nord")
    assert "haus-nord" in text
    assert "nord-2" in text


def test_nobody_joins_where_the_role_does_not_belong() -> None:
    centre = centre_called("Haus Nord")
    wrong: list[tuple[str, Any]] = [
        (Role.CLIENT, None),
        (Role.COUNSELLOR, None),
        (Role.COUNSELLOR, centre.organisation),
        (Role.COORDINATOR, centre),
        (Role.ADMINISTRATOR, centre),
        ("chief", None),
    ]
    for role, place in wrong:
        with pytest.raises(ValueError, match="nobody joins"):
            invite(role, place)


def may(person: Person, role: str, place: Any) -> bool:
    try:
        check_may_invite(person, role, place)
    except Problem as problem:
        assert problem.slug == "forbidden"
        return False
    return True


def test_coordinators_invite_for_their_own_organisation_only() -> None:
    own = centre_called("Haus Nord")
    other = Centre.objects.create(
        organisation=Organisation.objects.create(name="Other"), name="Haus Süd", slug="sued"
    )
    cora = Person.objects.create(nickname="cora", role=Role.COORDINATOR)
    assert not may(cora, Role.COUNSELLOR, own)
    Coordinator.objects.create(person=cora, organisation=own.organisation)
    assert may(cora, Role.COUNSELLOR, own)
    assert may(cora, Role.COORDINATOR, own.organisation)
    assert not may(cora, Role.COUNSELLOR, other)
    assert not may(cora, Role.COORDINATOR, other.organisation)
    assert not may(cora, Role.ADMINISTRATOR, None)
    assert not may(cora, Role.CLIENT, own)
    cora.is_active = False
    assert not may(cora, Role.COUNSELLOR, own)


def test_administrators_invite_anybody_and_others_nobody() -> None:
    centre = centre_called("Haus Nord")
    adam = Person.objects.create(nickname="adam", role=Role.ADMINISTRATOR)
    assert may(adam, Role.ADMINISTRATOR, None)
    assert may(adam, Role.COUNSELLOR, centre)
    for role in (Role.CLIENT, Role.COUNSELLOR):
        person = Person.objects.create(nickname=f"somebody {role}", role=role)
        assert not may(person, Role.COUNSELLOR, centre)
