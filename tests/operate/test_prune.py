"""What is kept for a time only goes by itself, while the server runs and does nothing else."""

from datetime import timedelta

from django.utils import timezone
from pytest_django import DjangoDbBlocker

from lotse.accounts.jobs import prune_sessions
from lotse.accounts.models import Session
from lotse.stream.jobs import prune_events
from lotse.stream.models import Event
from tests.conversations.world import make_centre, make_person, opened
from tests.support.server import Server
from tests.support.visitor import beside
from tests.support.worker import run_now


def test_ended_sessions_and_old_events_go(
    any_server: Server, django_db_blocker: DjangoDbBlocker
) -> None:
    now = timezone.now()
    with beside(any_server, django_db_blocker):
        for key, days in (("old", -1), ("new", 1)):
            ends = now + timedelta(days=days)
            Session.objects.create(key=key, ends_at=ends)
        opened(make_person(), make_centre())
        Event.objects.update(made_at=now - timedelta(days=60))
        opened(make_person(), make_centre())
        assert Event.objects.filter(made_at__lt=now).exists()
        run_now(prune_sessions)
        run_now(prune_events)
        assert list(Session.objects.values_list("key", flat=True)) == ["new"]
        assert Event.objects.exists()
        assert not Event.objects.filter(made_at__lt=now).exists()
