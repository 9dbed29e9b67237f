from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from lotse.accounts.known_devices import AGE
from lotse.accounts.models import KnownDevice
from lotse.jobs.registry import every


@every(days=1)
def prune_sessions() -> None:
    SessionStore.clear_expired()


@every(days=1)
def prune_known_devices() -> None:
    KnownDevice.objects.filter(made_on__lte=timezone.localdate() - AGE).delete()
