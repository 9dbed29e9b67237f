"""`lotse prune` reaches everything that is kept for a time only."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from lotse.stream.models import Event
from tests.conversations.world import make_centre, make_person, opened

pytestmark = pytest.mark.django_db


def test_ended_sessions_and_old_events_go() -> None:
    now = timezone.now()
    Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(days=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now + timedelta(days=1))
    opened(make_person(), make_centre())
    Event.objects.update(made_at=now - timedelta(days=60))
    assert Event.objects.exists()
    call_command("prune")
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
    assert not Event.objects.exists()
