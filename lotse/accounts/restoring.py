from lotse.accounts.models import KnownDevice, Session, Unlock
from lotse.core.restoring import after_restore


@after_restore(Session, Unlock)
def end_sessions() -> None:
    """A session that ended after the backup would be open again."""
    Session.objects.all().delete()


@after_restore(KnownDevice)
def forget_devices() -> None:
    """A device that its owner gave away after the backup would have its own attempts again."""
    KnownDevice.objects.all().delete()
