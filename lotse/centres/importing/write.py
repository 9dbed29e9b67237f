"""Writes rows to the database, in a number of statements that does not grow with the rows."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from lotse.centres.importing.rows import Row
from lotse.centres.importing.table import Table
from lotse.centres.models import Centre, Organisation
from lotse.centres.places import locate
from lotse.centres.slugs import free_slug

_WRITTEN = ("address", "postcode", "place", "state", "latitude", "longitude", "phone", "email")


@dataclass(frozen=True)
class Summary:
    """`ignored`: headings of columns that were left out."""

    made: int
    updated: int
    ignored: list[str]


@transaction.atomic
def write(rows: list[Row], table: Table, dry_run: bool = False) -> Summary:
    organisations = _organisations({row.organisation for row in rows})
    existing = _existing(rows)
    slugs = set(Centre.objects.values_list("slug", flat=True))
    centres = []
    for row in rows:
        centre = existing.get(row.number) or Centre(
            organisation=organisations[row.organisation], name=row.fields["name"]
        )
        _fill(centre, row)
        if not centre.slug:
            centre.slug = free_slug(centre.name, slugs, "centre")
            slugs.add(centre.slug)
        centres.append(centre)
    made = sum(centre._state.adding for centre in centres)
    Centre.objects.bulk_create(
        centres, update_conflicts=True, unique_fields=["id"], update_fields=_WRITTEN
    )
    if "languages" in table.columns:
        _link(Centre.languages.through, "language_id", centres, [r.languages or [] for r in rows])
    if "topics" in table.columns:
        _link(Centre.topics.through, "topic_id", centres, [r.topics or [] for r in rows])
    transaction.set_rollback(dry_run)
    return Summary(made, len(centres) - made, table.ignored)


def _organisations(names: set[str]) -> dict[str, Organisation]:
    Organisation.objects.bulk_create(
        (Organisation(name=name) for name in sorted(names)), ignore_conflicts=True
    )
    return {organisation.name: organisation for organisation in Organisation.objects.all()}


def _existing(rows: list[Row]) -> dict[int, Centre]:
    """The centre that each row means, by row number.

    Organisation, name and postcode identify a centre. A centre that moved is still recognised if
    it is the only remaining one with that organisation and name, in the table and in the file.
    """
    exact: dict[tuple[str, str, str], Centre] = {
        (centre.organisation.name, centre.name, centre.postcode): centre
        for centre in Centre.objects.select_related("organisation")
    }
    found = {row.number: exact.pop(row.key) for row in rows if row.key in exact}
    homeless: dict[tuple[str, str], list[Row]] = defaultdict(list)
    left: dict[tuple[str, str], list[Centre]] = defaultdict(list)
    for row in rows:
        if row.number not in found:
            homeless[row.key[:2]].append(row)
    for key, centre in exact.items():
        left[key[:2]].append(centre)
    for names, movers in homeless.items():
        if len(movers) == len(left[names]) == 1:
            found[movers[0].number] = left[names][0]
    return found


def _fill(centre: Centre, row: Row) -> None:
    before = centre.postcode, centre.place
    for field, value in row.fields.items():
        setattr(centre, field, value)
    moved = before != (centre.postcode, centre.place)
    home = locate(f"{centre.postcode} {centre.place}")
    if home and (moved or not centre.state):
        centre.state = home.state
    if row.fields.get("latitude") is None and (moved or centre.latitude is None):
        centre.latitude, centre.longitude = home[:2] if home else (None, None)


def _link(
    through: type[models.Model], column: str, centres: list[Centre], values: list[list[str]]
) -> None:
    """Replaces each centre's languages or topics."""
    links: list[dict[str, Any]] = [
        {"centre_id": centre.pk, column: value}
        for centre, own in zip(centres, values, strict=True)
        for value in own
    ]
    manager = through._default_manager
    manager.filter(centre__in=[centre.pk for centre in centres]).delete()
    manager.bulk_create(through(**link) for link in links)
