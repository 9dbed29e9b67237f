"""What a restored database must not bring back to life: each room says in its `restoring.py`.

Whoever holds an old backup, or a link or cookie from that day, must not get in by a restore.
"""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model
from django.utils.module_loading import autodiscover_modules

End = TypeVar("End", bound=Callable[[], object])

_ends: list[tuple[Callable[[], object], tuple[type[Model], ...]]] = []


def after_restore(*models: type[Model]) -> Callable[[End], End]:
    """Runs the function after a restore. It ends what rows of these models would open."""

    def register(end: End) -> End:
        _ends.append((end, models))
        return end

    return register


def end_what_opens() -> None:
    autodiscover_modules("restoring")
    for end, _ in _ends:
        end()


def handled() -> set[type[Model]]:
    """The models whose rows are ended."""
    autodiscover_modules("restoring")
    return {model for _, models in _ends for model in models}
