"""Distances."""

import math

Point = tuple[float, float]
_KM_PER_DEGREE = 111.2


def distance_km(one: Point, other: Point) -> float:
    """Kilometres between two points (latitude, longitude), on a plane: within 1 % in Germany."""
    width = math.cos(math.radians((one[0] + other[0]) / 2))
    east, north = (one[1] - other[1]) * width, one[0] - other[0]
    return _KM_PER_DEGREE * math.hypot(east, north)
