"""Writes lotse/centres/data/places.csv from GeoNames' German postcodes.

    python -m scripts.places zipcodes.de.csv

In the source, `state_code` of real places is the letters of their Land. Companies and authorities
with their own postcode have a number instead. Their names are not places, and their coordinates
were guessed from the name: the source puts 10875, a Berlin code, in Stuttgart. A code that only
companies have therefore gets the place of its neighbours, which are the real places whose codes
share the most leading digits with it.
"""

import csv
import math
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

TARGET = Path(__file__).parent.parent / "lotse/centres/data/places.csv"
HEADER = (
    "# Postcodes and places of Germany: GeoNames (https://www.geonames.org), CC BY 4.0; "
    "company codes given to their neighbours' place, outliers moved (scripts/places.py)\n"
)
LAENDER = {
    **{"01": "SH", "02": "HH", "03": "NI", "04": "HB", "05": "NW", "06": "HE", "07": "RP"},
    **{"08": "BW", "09": "BY", "10": "SL", "11": "BE", "12": "BB", "13": "MV", "14": "SN"},
    **{"15": "ST", "16": "TH"},
}
OUTLIER_KM = 20
NEIGHBOUR_KM = 25


class Row(NamedTuple):
    postcode: str
    place: str
    state: str
    latitude: float
    longitude: float
    company: bool


def main(source: Path) -> None:
    real, others = read(source)
    rows = sorted({*settled(real), *adopted(real, others)})
    with TARGET.open("w", encoding="utf-8", newline="") as target:
        target.write(HEADER)
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(Row._fields)
        writer.writerows(
            (*row[:3], f"{row.latitude:.3f}", f"{row.longitude:.3f}", "1" if row.company else "")
            for row in rows
        )
    print(f"{len(rows)} places with {len({row.postcode for row in rows})} postcodes")


def read(source: Path) -> tuple[list[Row], list[Row]]:
    """Reads real places, and companies with authorities."""
    real: list[Row] = []
    others: list[Row] = []
    with source.open(encoding="utf-8", newline="") as lines:
        for entry in csv.DictReader(lines):
            company = entry["state_code"].isdigit()
            row = Row(
                entry["zipcode"],
                " ".join(entry["place"].removesuffix(", Sachsen").split()),
                # Jungholz has a German postcode but lies in Austria, so it has no Land.
                LAENDER.get(entry["community_code"][:2], ""),
                float(entry["latitude"]),
                float(entry["longitude"]),
                company,
            )
            (others if company else real).append(row)
    return real, others


def settled(real: list[Row]) -> Iterator[Row]:
    """Each place once per postcode. Places far from the others of their code move to them."""
    for rows in _by_code(real).values():
        latitude, longitude = _middle(rows)
        places = {row.place: row for row in rows}
        for row in places.values():
            lost = len(rows) > 2 and _km(row, (latitude, longitude)) > OUTLIER_KM
            yield row._replace(latitude=latitude, longitude=longitude) if lost else row


def adopted(real: list[Row], others: list[Row]) -> Iterator[Row]:
    known = {row.postcode for row in real}
    for postcode, rows in _by_code(others).items():
        if postcode not in known:
            place = _neighbour(postcode, _middle(rows), real)
            yield place._replace(postcode=postcode, company=True)


def _neighbour(postcode: str, guess: tuple[float, float], real: list[Row]) -> Row:
    """The place nearest to the company's coordinates, if they are plausible."""
    near = _alike(postcode, real)
    closest = min(near, key=lambda row: (_km(row, guess), len(row.place), row))
    if _km(closest, guess) <= NEIGHBOUR_KM:
        return closest
    return min(near, key=lambda row: (abs(int(row.postcode) - int(postcode)), row))


def _alike(postcode: str, real: list[Row]) -> list[Row]:
    for digits in (4, 3, 2, 1):
        near = [row for row in real if row.postcode[:digits] == postcode[:digits]]
        if near:
            return near
    raise ValueError(f"no place has a code like {postcode}")


def _by_code(rows: Iterable[Row]) -> dict[str, list[Row]]:
    codes: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        codes[row.postcode].append(row)
    return codes


def _middle(rows: list[Row]) -> tuple[float, float]:
    return (
        statistics.median(row.latitude for row in rows),
        statistics.median(row.longitude for row in rows),
    )


def _km(row: Row, point: tuple[float, float]) -> float:
    east = (row.longitude - point[1]) * math.cos(math.radians(point[0]))
    return 111.2 * math.hypot(row.latitude - point[0], east)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
