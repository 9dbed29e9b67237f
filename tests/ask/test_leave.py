import pytest
from django.conf import settings
from django.test import Client

from lotse.accounts.models import Person, Session
from tests.support.visitor import let_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client: Client) -> Client:
    let_in(client, Person.objects.create_person("gast", "x"))
    return client


def test_ends_the_session_and_leads_away(signed_in: Client) -> None:
    answer = signed_in.post("/leave/", headers={"Sec-Fetch-Site": "same-origin"})
    assert (answer.status_code, answer["Location"]) == (302, settings.QUICK_EXIT)
    assert not Session.objects.exists()


def test_a_form_on_another_site_signs_nobody_out(signed_in: Client) -> None:
    answer = signed_in.post("/leave/", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert Session.objects.exists()
