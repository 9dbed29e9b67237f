"""Fills an empty database with demo data."""

from django.db import transaction

from lotse.centres.importing import import_file
from lotse.centres.models import Organisation
from lotse.demo.cases import add_cases
from lotse.demo.people import DATA, add_staff


@transaction.atomic
def load() -> None:
    import_file(DATA / "centres.csv")
    Organisation.objects.update(is_demo=True)
    add_cases(add_staff())
