"""Actions on people."""

from lotse.accounts.models import Person
from lotse.stream.actions import recheck


def erase_person(person: Person) -> None:
    """Deletes the person and all rows that refer to them, which ends sessions. In a transaction."""
    recheck(person.pk)
    person.delete()
