"""`lotse load-demo`: loads the demo data without serving it."""

from django.core.management.base import CommandError

from lotse import env
from lotse.accounts.models import Person
from lotse.core.command import QuickCommand
from lotse.demo.load import load


class Command(QuickCommand):
    help = "Load the demo into an empty database. Only where LOTSE_DEMO is set."

    def handle(self, **options: object) -> None:
        if not env.DEMO:
            raise CommandError("Demo data must not mix with real data: set LOTSE_DEMO=1.")
        if not Person.objects.exists():
            load()
