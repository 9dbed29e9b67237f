"""Which installation owns the store: pruning deletes what no row names."""

from lotse.conversations.blobs.store import store
from lotse.conversations.models import Installation
from lotse.core.identifiers import new_id


def claim() -> None:
    """Marks the store as ours; raises OSError if it belongs to another installation."""
    installation, _ = Installation.objects.get_or_create(pk=1)
    store().claim(str(installation.mark))


def begin_anew() -> None:
    """Makes a copied database another installation: the original may still be in use."""
    Installation.objects.update_or_create(pk=1, defaults={"mark": new_id()})
