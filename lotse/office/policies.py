"""What may be done with each kind of record, by people who may enter the office at all."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from lotse.centres.models import Counsellor, Invitation, Language
from lotse.office.models import Colleague


class Only(ModelPermissionPolicy):
    """Some actions of the usual ones."""

    def __init__(self, model: type, actions: set[str]) -> None:
        super().__init__(model)
        self.actions = actions

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.actions and bool(super().user_has_permission(user, action))


def register() -> None:
    # Keys are made in their own browsers, and who leaves may have had cases.
    for staff in (Counsellor, Colleague):
        register_permission_policy(staff, Only(staff, {"change", "view"}), exact_class=True)
    register_permission_policy(
        Invitation, Only(Invitation, {"add", "delete", "view"}), exact_class=True
    )
    # The code is all that a language is.
    register_permission_policy(
        Language, Only(Language, {"add", "delete", "view"}), exact_class=True
    )
