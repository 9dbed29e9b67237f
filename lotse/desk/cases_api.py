"""Routes of the queue, for looking at cases, taking them and closing them."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status

from lotse.accounts.auth import needs
from lotse.conversations.access import counsellor_for
from lotse.conversations.actions import cases
from lotse.conversations.models import Case
from lotse.conversations.schemas import ConversationOut
from lotse.conversations.showing import show, show_one
from lotse.core.problems import Problem
from lotse.desk import queries
from lotse.desk.people import counsellor_behind, person_behind
from lotse.desk.schemas import CasesOut, Filter

router = Router(auth=needs("counsel"))


@router.get("/cases", response=CasesOut)
def list_cases(request: HttpRequest, wanted: Query[Filter]) -> CasesOut:
    found = queries.cases(counsellor_behind(request), wanted)
    # One case more than requested shows whether there are more.
    page = show(person_behind(request), found[wanted.offset : wanted.offset + wanted.limit + 1])
    return CasesOut(cases=page[: wanted.limit], more=len(page) > wanted.limit)


@router.get("/cases/{uuid:conversation}", response=ConversationOut)
def get_case(request: HttpRequest, conversation: UUID) -> ConversationOut:
    """The case as in the list. Looking at a case makes nobody a member."""
    person = person_behind(request)
    case = Case.objects.filter(pk=conversation).first()
    if case is None:
        raise Problem("not-found")
    counsellor_for(person, case)
    return show_one(person, conversation)


@router.post("/cases/{uuid:conversation}/join", response=ConversationOut)
def join(request: HttpRequest, conversation: UUID) -> ConversationOut:
    """Makes the counsellor a member, for a look into a new case or as a colleague's stand-in."""
    person = person_behind(request)
    cases.enter(person, conversation)
    return show_one(person, conversation)


@router.post("/cases/{uuid:conversation}/take", response=ConversationOut)
def take(request: HttpRequest, conversation: UUID) -> ConversationOut:
    person = person_behind(request)
    cases.take(person, conversation)
    return show_one(person, conversation)


@router.post("/cases/{uuid:conversation}/close", response={204: None})
def close(request: HttpRequest, conversation: UUID) -> Status[None]:
    cases.close(person_behind(request), conversation)
    return Status(204, None)
