"""Whose the store is: pruning would delete what another database knows, as strays."""

from lotse.conversations.blobs.store import store
from lotse.conversations.models import Installation
from lotse.core.identifiers import new_id


def claim() -> None:
    """Makes the store this installation's; raises OSError where it is another's."""
    installation, _ = Installation.objects.get_or_create(pk=1)
    store().claim(str(installation.mark))


def begin_anew() -> None:
    """A copy of a database is another one: the first may still be in use."""
    Installation.objects.update_or_create(pk=1, defaults={"mark": new_id()})
