"""What people with access to the office may do with each kind of record."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from lotse.centres.models import Counsellor, Invitation, Language
from lotse.office.models import Colleague


class Only(ModelPermissionPolicy):
    """Allows only some of the usual actions."""

    def __init__(self, model: type, actions: set[str]) -> None:
        super().__init__(model)
        self.actions = actions

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.actions and bool(super().user_has_permission(user, action))


def register() -> None:
    # Counsellors' own browsers make their keys, and a counsellor who leaves may have had cases.
    for staff in (Counsellor, Colleague):
        register_permission_policy(staff, Only(staff, {"change", "view"}), exact_class=True)
    register_permission_policy(
        Invitation, Only(Invitation, {"add", "delete", "view"}), exact_class=True
    )
    # A language consists of its code alone, so there is nothing to change.
    register_permission_policy(
        Language, Only(Language, {"add", "delete", "view"}), exact_class=True
    )
