from lotse.accounts.models import Session, Unlock
from lotse.core.restoring import after_restore


@after_restore(Session, Unlock)
def end_sessions() -> None:
    """A session that was ended after the backup was made would be open again."""
    Session.objects.all().delete()
