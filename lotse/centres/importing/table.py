"""Reads a CSV file as spreadsheet programs write it: bytes in, named cells out."""

import csv
import io
from dataclasses import dataclass

from lotse.centres.folding import fold_place
from lotse.centres.importing.problems import Refused, Trouble, refuse

ALIASES = {
    "organisation": "organisation organization träger verband",
    "centre": "centre center beratungsstelle stelle einrichtung name",
    "address": "address adresse anschrift straße street",
    "postcode": "postcode plz postleitzahl zip zipcode",
    "place": "place ort stadt city town",
    "latitude": "latitude lat breite breitengrad",
    "longitude": "longitude lon lng länge längengrad",
    "phone": "phone telephone telefon tel",
    "email": "email e-mail mail",
    "languages": "languages language sprachen sprache",
    "topics": "topics topic themen thema",
}
REQUIRED = ("organisation", "centre")
_COLUMNS = {
    fold_place(alias): column for column, aliases in ALIASES.items() for alias in aliases.split()
}


@dataclass(frozen=True)
class Line:
    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """`ignored`: headings that we do not know."""

    columns: frozenset[str]
    ignored: list[str]
    lines: list[Line]


def read_table(data: bytes) -> Table:
    """Raises Refused if the file is not a table of centres at all."""
    text = _decode(data)
    rows = _split(text)
    if not rows:
        raise refuse("The file is empty.")
    number, heading = rows[0]
    columns = [_COLUMNS.get(fold_place(title), "") for title in heading]
    _check_heading(columns, number)
    troubles = [
        Trouble(line, "", f"{len(cells)} cells instead of {len(columns)}")
        for line, cells in rows[1:]
        if len(cells) != len(columns)
    ]
    if troubles:
        raise Refused(troubles)
    return Table(
        frozenset(columns) - {""},
        [title for title, column in zip(heading, columns, strict=True) if title and not column],
        [Line(line, _named(columns, cells)) for line, cells in rows[1:]],
    )


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise refuse("The file is not UTF-8; save it as “CSV UTF-8”.", row) from error


def _split(text: str) -> list[tuple[int, list[str]]]:
    """All rows that are not blank, each with the number of its last line."""
    first = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(first), strict=True)
    try:
        rows = [(reader.line_num, [" ".join(cell.split()) for cell in row]) for row in reader]
    except csv.Error as error:
        raise refuse(f"This is not CSV ({error}).", reader.line_num) from error
    return [(number, row) for number, row in rows if any(row)]


def _delimiter(heading: str) -> str:
    return max(";,\t", key=heading.count)


def _check_heading(columns: list[str], number: int) -> None:
    troubles = [
        Trouble(number, column, "The column is missing.")
        for column in REQUIRED
        if column not in columns
    ]
    troubles += [
        Trouble(number, column, "The column comes more than once.")
        for column in sorted({*columns} - {""})
        if columns.count(column) > 1
    ]
    if troubles:
        raise Refused(troubles)


def _named(columns: list[str], cells: list[str]) -> dict[str, str]:
    return {column: cell for column, cell in zip(columns, cells, strict=True) if column}
