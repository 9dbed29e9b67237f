from lotse.accounts.models import KnownDevice, Session, Unlock
from lotse.core.restoring import after_restore


@after_restore(Session, Unlock)
def end_sessions() -> None:
    """A session that was ended after the backup was made would be open again."""
    Session.objects.all().delete()


@after_restore(KnownDevice)
def forget_devices() -> None:
    """A device that was given away since would still have attempts of its own."""
    KnownDevice.objects.all().delete()
