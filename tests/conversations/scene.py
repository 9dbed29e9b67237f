"""What most tests of conversations begin with."""

from typing import Any

from lotse.conversations.models import Case
from tests.conversations.world import (
    Caller,
    case_body,
    make_centre,
    make_counsellor,
    make_person,
)


class Scene:
    """A client who has asked, and a counsellor of the centre."""

    def __init__(self) -> None:
        self.centre = make_centre()
        self.counsellor = make_counsellor(self.centre)
        self.person = make_person()
        self.client, self.staff = Caller(self.person), Caller(self.counsellor.person)
        self.new = case_body(self.centre)
        self.path = f"/api/conversations/{self.new['conversation']}"
        self.join = f"/api/desk/cases/{self.new['conversation']}/join"
        self.live = f"/live/conversations/{self.new['conversation']}"
        self.client.told("POST", "/api/cases", self.new, 201)

    @property
    def case(self) -> Any:
        return Case.objects.get(pk=self.new["conversation"])

    def take(self) -> None:
        self.staff.told("POST", f"/api/desk/cases/{self.new['conversation']}/take")

    def stranger(self) -> Caller:
        return Caller(make_person())

    def foreign_counsellor(self) -> Caller:
        return Caller(make_counsellor(make_centre()).person)
