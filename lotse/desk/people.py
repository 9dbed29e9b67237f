"""The person who sent a request to the desk."""

from django.http import HttpRequest

from lotse.accounts.models import Person
from lotse.centres.models import Counsellor
from lotse.centres.queries import employed
from lotse.core.problems import Problem


def person_behind(request: HttpRequest) -> Person:
    return request.auth  # type: ignore[attr-defined, no-any-return]


def counsellor_behind(request: HttpRequest) -> Counsellor:
    """Raises Problem "forbidden" if the person is not a counsellor."""
    mine = employed().select_related("centre").filter(person=person_behind(request))
    counsellor = mine.first()
    if counsellor is None:
        raise Problem("forbidden")
    return counsellor
