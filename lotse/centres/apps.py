from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CentresConfig(AppConfig):
    name = "lotse.centres"

    def ready(self) -> None:
        from lotse.centres import seeds  # noqa: PLC0415 - apps are loaded only now

        post_migrate.connect(seeds.ensure_languages_and_topics, sender=self)
