from django.utils import timezone

from lotse.centres.models import Invitation
from lotse.core.restoring import after_restore


@after_restore(Invitation)
def end_invitations() -> None:
    """One that was used or taken back after the backup was made would be open again."""
    Invitation.objects.filter(used_at=None).update(expires_at=timezone.now())
