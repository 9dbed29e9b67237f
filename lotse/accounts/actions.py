"""What is done to people."""

from lotse.accounts.models import Person
from lotse.stream.actions import recheck


def erase_person(person: Person) -> None:
    """Deletes the person with what refers to them; every session ends. Call it in a transaction."""
    recheck(person.pk)
    person.delete()
