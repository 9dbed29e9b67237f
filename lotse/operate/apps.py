from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OperateConfig(AppConfig):
    name = "lotse.operate"

    def ready(self) -> None:
        # Imported here, because models are not loaded earlier.
        from lotse.operate.version import remember  # noqa: PLC0415

        post_migrate.connect(remember, sender=self)
