"""`lotse secrets`: makes the secrets that `lotse serve` needs."""

import secrets

from lotse.core.command import QuickCommand
from lotse.core.identifiers import to_text


class Command(QuickCommand):
    help = "Print new secrets, to be kept outside the database and its backups."

    def handle(self, **options: object) -> None:
        for line in fresh():
            self.stdout.write(line)


def fresh() -> list[str]:
    """Lines of an environment file."""
    return [
        f"LOTSE_SECRET={secrets.token_urlsafe(48)}",
        f"LOTSE_PEPPER={to_text(secrets.token_bytes(32))}",
    ]
