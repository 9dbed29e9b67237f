from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_save


class OfficeConfig(AppConfig):
    name = "lotse.office"

    def ready(self) -> None:
        post_save.connect(_keep_profile, sender=settings.AUTH_USER_MODEL)


def _keep_profile(sender: type, instance: Any, **_: object) -> None:
    """Wagtail would make its profile of an administrator when they first look at a page."""
    from wagtail.users.models import UserProfile  # noqa: PLC0415 - apps are loaded only now

    if instance.may("office"):
        UserProfile.get_for_user(instance)
