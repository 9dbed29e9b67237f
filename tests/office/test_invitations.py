"""Inviting from the office."""

import pytest
from django.test import Client

from lotse.centres import invitations
from lotse.centres.models import Invitation
from tests.centres.staff import make_centre
from tests.office.pages import page, save

pytestmark = pytest.mark.django_db


def test_an_invitation_shows_its_link_once(admin: Client) -> None:
    centre = make_centre()
    page(admin, "invitations/new/")
    values = {"role": "counsellor", "centre": centre.pk, "organisation": "", "note": "Kim"}
    shown = save(admin, "invitations/new/", **values)
    token = shown.partition("/join/#")[2][:43]
    invitation = Invitation.objects.get()
    assert invitations.open_by(token) == invitation
    assert (invitation.centre, invitation.note) == (centre, "Kim")
    assert invitation.made_by is not None
    listed = page(admin, "invitations/")
    assert token not in listed
    assert "Just now" not in listed, "that is what Wagtail says of a day to come"
    admin.post(f"/office/invitations/delete/{invitation.pk}/")
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("role", "joined"),
    [
        ("counsellor", ""),
        ("coordinator", ""),
        ("coordinator", "centre"),
        ("administrator", "organisation"),
        ("client", ""),
    ],
)
def test_invitations_that_do_not_fit(admin: Client, role: str, joined: str) -> None:
    centre = make_centre()
    values = {"role": role, "centre": "", "organisation": "", "note": ""}
    ids = {"centre": centre.pk, "organisation": centre.organisation_id, "": None}
    assert "error-message" in save(
        admin, "invitations/new/", **values | {joined: ids[joined]} if joined else values
    )
    assert not Invitation.objects.exists()
