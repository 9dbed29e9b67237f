"""German postcodes and places: suggestions while somebody types, and the location of a text.

Data: GeoNames, CC BY 4.0, prepared by scripts/places.py. Pages that show it name the source
(`ATTRIBUTION`).
"""

import csv
import functools
import heapq
import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import fmean
from sys import intern
from typing import NamedTuple

from lotse.centres.folding import fold_place
from lotse.centres.geo import distance_km
from lotse.centres.spellings import spellings

ATTRIBUTION = ("GeoNames", "https://www.geonames.org", "CC BY 4.0")
SUGGESTIONS = 8
QUERY_MAX = 120
_SAME_TOWN_KM = 30
_DATA = Path(__file__).parent / "data/places.csv"
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_LAST = "\U0010ffff"


class Place(NamedTuple):
    """`postcode` is empty for a town with many codes if no other town has its name.

    `company`: the code belongs to a company, an authority or a PO box. `codes`: how many codes the
    town has, as a measure of its size.
    """

    postcode: str
    place: str
    state: str
    latitude: float
    longitude: float
    company: bool
    codes: int = 1


class Location(NamedTuple):
    latitude: float
    longitude: float
    state: str


def search(query: str) -> list[Place]:
    """At most eight suggestions for the beginning of a postcode, of a name or of a word in it."""
    text = _read(query)
    digits = re.match(r"\d{1,5}\b", text)
    if not digits:
        return _named(fold_place(text))
    found = _with_code(digits[0], text[digits.end() :])
    whole = len(digits[0]) == 5
    return [place for place in found if whole or not place.company][:SUGGESTIONS]


def locate(text: str) -> Location | None:
    """The location of a postcode, a place, or both. Of places with the same name, the biggest.

    An unknown postcode gets the location of the codes with the same first three digits.
    """
    text = _read(text)
    code = re.search(r"(?<!\d)\d{5}(?!\d)", text)
    if code:
        found = _with_code(code[0], text[code.end() :]) or _with_code(code[0][:3], "")
        return _middle(found[:1] if found and found[0].postcode == code[0] else found)
    name = fold_place(text)
    found = _named(name) if len(name) > 2 else []
    return _middle(found[:1])


def _read(query: str) -> str:
    """Arabic and Persian keyboards type digits of their own."""
    return query[:QUERY_MAX].strip().translate(_DIGITS)


def _with_code(digits: str, rest: str) -> list[Place]:
    """In order of the code: the place named in `rest` first, then short names before long ones."""
    rows, codes, _, _ = _index()
    first, last = bisect_left(codes, digits), bisect_left(codes, digits + _LAST)
    name = fold_place(rest)

    def rank(row: Place) -> tuple[str, bool, int, str]:
        return row.postcode, not (name and name in fold_place(row.place)), len(row.place), row.place

    return sorted(rows[first:last], key=rank)


def _named(name: str) -> list[Place]:
    """Exact names first, then beginnings of names, then words inside names; each by size."""
    if len(name) < 2:
        return []
    _, _, towns, words = _index()
    first, last = bisect_left(words, (name,)), bisect_left(words, (name + _LAST,))
    best: dict[int, tuple[bool, bool, int, str]] = {}
    for word, inside, number in words[first:last]:
        town = towns[number]
        rank = (inside or word != name, inside, -town.codes, town.place)
        best[number] = min(rank, best.get(number, rank))
    return [towns[number] for number in heapq.nsmallest(SUGGESTIONS, best, key=best.__getitem__)]


def _middle(places: list[Place]) -> Location | None:
    if not places:
        return None
    return Location(
        fmean(place.latitude for place in places),
        fmean(place.longitude for place in places),
        places[0].state,
    )


class _Index(NamedTuple):
    rows: list[Place]
    codes: list[str]
    towns: list[Place]
    words: list[tuple[str, bool, int]]


@functools.cache
def _index() -> _Index:
    with _DATA.open(encoding="utf-8", newline="") as lines:
        next(lines)
        rows = [
            Place(code, intern(name), intern(state), float(north), float(east), bool(company))
            for code, name, state, north, east, company in islice(csv.reader(lines), 1, None)
        ]
    towns = list(_towns(rows))
    other = spellings()
    words = [
        (*word, number)
        for number, town in enumerate(towns)
        for name in (town.place, *other.get(town.place, ()))
        for word in _words(name)
    ]
    return _Index(rows, [row.postcode for row in rows], towns, sorted(words))


def _words(name: str) -> Iterator[tuple[str, bool]]:
    """The folded name from each of its words on, and whether that word is inside the name."""
    words = fold_place(name).split()
    for start in range(len(words)):
        yield " ".join(words[start:]), start > 0


def _towns(rows: list[Place]) -> Iterator[Place]:
    """Merges nearby rows of one name: Germany has dozens of towns called Neustadt."""
    names: dict[str, list[list[Place]]] = {}
    for row in rows:
        groups = names.setdefault(row.place, [])
        group = next((group for group in groups if _together(group[0], row)), None)
        if group is None:
            groups.append([row])
        else:
            group.append(row)
    for groups in names.values():
        for group in groups:
            yield _town(group, alone=len(groups) == 1)


def _together(one: Place, other: Place) -> bool:
    near = distance_km((one.latitude, one.longitude), (other.latitude, other.longitude))
    return one.state == other.state and near < _SAME_TOWN_KM


def _town(group: list[Place], alone: bool) -> Place:
    if len(group) == 1:
        return group[0]
    middle = _middle(group)
    assert middle is not None  # noqa: S101 - a group has at least one row
    central = min(
        group,
        key=lambda row: (row.company, distance_km((row.latitude, row.longitude), middle[:2])),
    )
    return central._replace(postcode="" if alone else central.postcode, codes=len(group))
