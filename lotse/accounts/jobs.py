from django.utils import timezone

from lotse.accounts.known_devices import AGE
from lotse.accounts.models import IDLE_LIMIT, KnownDevice, Unlock
from lotse.accounts.session_store import SessionStore
from lotse.jobs.registry import every


@every(days=1)
def prune_sessions() -> None:
    SessionStore.clear_expired()
    # The time of a person's last use is private, and an expired unlock no longer needs it.
    idle = timezone.now() - IDLE_LIMIT
    Unlock.objects.filter(session__is_kept=False, used_at__lt=idle).delete()


@every(days=1)
def prune_known_devices() -> None:
    KnownDevice.objects.filter(made_on__lte=timezone.localdate() - AGE).delete()
