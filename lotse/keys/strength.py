"""The least cost of each guess at a password (docs/keys.md)."""

from dataclasses import dataclass

from lotse.accounts.roles import Door, door_of
from lotse.core.problems import Problem


@dataclass(frozen=True)
class Floor:
    memory_kib: int
    passes: int


CLIENT = Floor(19456, 2)
STAFF = Floor(65536, 3)
MAX_MEMORY_KIB = 262144
MAX_PASSES = 10


def floor_at(door: Door) -> Floor:
    return CLIENT if door == "client" else STAFF


def check_strength(role: str, memory_kib: int, passes: int) -> None:
    """Raises Problem "invalid" if the cost is below the role's minimum."""
    floor = floor_at(door_of(role))
    below = {"memory_kib": memory_kib < floor.memory_kib, "passes": passes < floor.passes}
    fields = [{"at": [name], "what": "below-floor"} for name, is_below in below.items() if is_below]
    if fields:
        raise Problem("invalid", extra={"fields": fields})
