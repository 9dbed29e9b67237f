"""Turns cells into values, and collects every mistake so that one run shows them all."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from lotse.centres.importing.offers import Offers
from lotse.centres.importing.problems import Refused, Trouble
from lotse.centres.importing.table import REQUIRED, Line, Table
from lotse.centres.models import Centre
from lotse.centres.places import locate

_POSTCODE = re.compile(r"\d{5}")
_PHONE = re.compile(r"[\d +()/.\-]{3,}")
_PAIR = "Latitude and longitude go together."


@dataclass(frozen=True)
class Row:
    """`fields`: columns of Centre in the file. `languages`, `topics`: None without that column."""

    number: int
    organisation: str
    fields: dict[str, Any]
    languages: list[str] | None
    topics: list[str] | None

    @property
    def key(self) -> tuple[str, str, str]:
        return self.organisation, self.fields["name"], self.fields.get("postcode", "")


class _Reader:
    """Reads one row. `troubles` collects the mistakes of all rows."""

    def __init__(self, offers: Offers) -> None:
        self.parsers = _parsers(offers)
        self.troubles: list[Trouble] = []

    def read(self, line: Line) -> Row:
        values = {
            column: self._value(line.number, column, text) for column, text in line.cells.items()
        }
        if bool(line.cells.get("latitude")) != bool(line.cells.get("longitude")):
            self.troubles.append(Trouble(line.number, "latitude", _PAIR))
        organisation, languages, topics = (
            values.pop(column, None) for column in ("organisation", "languages", "topics")
        )
        values["name"] = values.pop("centre")
        return Row(line.number, organisation, values, languages, topics)

    def _value(self, number: int, column: str, text: str) -> Any:
        try:
            return self.parsers[column](text)
        except ValueError as error:
            self.troubles.append(Trouble(number, column, str(error)))
            return ""


def read_rows(table: Table) -> list[Row]:
    """Raises Refused, which lists the mistakes of all rows."""
    reader = _Reader(Offers())
    rows = [reader.read(line) for line in table.lines]
    reader.troubles += _doubles(rows)
    if reader.troubles:
        raise Refused(reader.troubles)
    return rows


def _doubles(rows: list[Row]) -> list[Trouble]:
    first: dict[tuple[str, str, str], int] = {}
    return [
        Trouble(row.number, "centre", f"The same centre is in row {first[row.key]}.")
        for row in rows
        if first.setdefault(row.key, row.number) != row.number and row.fields["name"]
    ]


def _parsers(offers: Offers) -> dict[str, Callable[[str], Any]]:
    return {
        "organisation": _text("organisation", 200),
        "centre": _text("centre", 200),
        "address": _text("address", _length("address")),
        "place": _text("place", _length("place")),
        "postcode": _postcode,
        "latitude": _degrees(90),
        "longitude": _degrees(180),
        "phone": _phone,
        "email": _email,
        "languages": offers.languages,
        "topics": offers.topics,
    }


def _length(name: str) -> int:
    field = Centre._meta.get_field(name)
    return getattr(field, "max_length", None) or 0


def _text(column: str, longest: int) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if column in REQUIRED and not text:
            raise ValueError("This is empty.")
        if len(text) > longest:
            raise ValueError(f"Longer than {longest} characters.")
        if any(unicodedata.category(letter) == "Cc" for letter in text):
            raise ValueError("Holds a control character.")
        return text

    return parse


def _postcode(text: str) -> str:
    # Spreadsheet programs drop the leading zero of 01067.
    text = text.zfill(5) if text else text
    if text and not (_POSTCODE.fullmatch(text) and locate(text)):
        raise ValueError("Not a German postcode.")
    return text


def _degrees(limit: int) -> Callable[[str], float | None]:
    def parse(text: str) -> float | None:
        if not text:
            return None
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            raise ValueError("Not a number.") from None
        if not abs(value) <= limit:
            raise ValueError(f"Not between -{limit} and {limit}.")
        return value

    return parse


def _phone(text: str) -> str:
    if text and not _PHONE.fullmatch(text):
        raise ValueError("Not a telephone number.")
    return _text("phone", _length("phone"))(text)


def _email(text: str) -> str:
    if text:
        try:
            validate_email(text)
        except ValidationError:
            raise ValueError("Not an e-mail address.") from None
    return _text("email", _length("email"))(text)
