"""Staff who belong to no centre. The office is the place to end their access."""

from typing import ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lotse.accounts.models import People, Person
from lotse.accounts.roles import Role


class Colleagues(People):
    def get_queryset(self) -> QuerySet[Person]:
        """Never clients, whom nobody may browse. Counsellors have a form of their own."""
        roles = (Role.COORDINATOR, Role.ADMINISTRATOR)
        return super().get_queryset().filter(role__in=roles).order_by("role", "nickname")


class Colleague(Person):
    objects: ClassVar[Colleagues] = Colleagues()

    class Meta:
        proxy = True
        verbose_name = _("coordinator or administrator")
        verbose_name_plural = _("coordination and administration")

    @property
    def organisation(self) -> str:
        coordinator = getattr(self, "coordinator", None)
        return str(coordinator.organisation) if coordinator else ""
