"""German towns as they are written in Arabic and Cyrillic letters."""

import csv
from itertools import islice
from pathlib import Path

_DATA = Path(__file__).parent / "data/spellings.csv"


def spellings() -> dict[str, list[str]]:
    """Spellings by the town's name in places.csv."""
    with _DATA.open(encoding="utf-8", newline="") as lines:
        next(lines)
        rows = islice(csv.reader(lines), 1, None)
        return {place: "/".join(others).split("/") for place, *others in rows}
