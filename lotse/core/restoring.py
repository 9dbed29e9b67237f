"""Ends what a restored database must not bring back. Each room lists it in its `restoring.py`.

Links and cookies from the day of the backup must not open anything after a restore.
"""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model
from django.utils.module_loading import autodiscover_modules

End = TypeVar("End", bound=Callable[[], object])

_ends: list[tuple[Callable[[], object], tuple[type[Model], ...]]] = []


def after_restore(*models: type[Model]) -> Callable[[End], End]:
    """Runs the function after a restore. The function ends access that rows of `models` give."""

    def register(end: End) -> End:
        _ends.append((end, models))
        return end

    return register


def end_what_opens() -> None:
    autodiscover_modules("restoring")
    for end, _ in _ends:
        end()


def handled() -> set[type[Model]]:
    """The models that some function covers."""
    autodiscover_modules("restoring")
    return {model for _, models in _ends for model in models}
