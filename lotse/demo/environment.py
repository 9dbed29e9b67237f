"""The demo's own data folder and secrets, which keep it apart from a real installation."""

import os
import secrets
from pathlib import Path

from lotse.core.identifiers import to_text

FOLDER = Path(".demo")
# These secrets are public on purpose: `lotse serve` refuses demo data.
PASSWORD = "demo-nur-zum-ausprobieren"  # noqa: S105


def prepare() -> None:
    """Sets the variables that `env.py` reads. Call it before Django loads its settings."""
    FOLDER.mkdir(exist_ok=True)
    kept = FOLDER / "secrets"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(f"{secrets.token_urlsafe(48)} {to_text(secrets.token_bytes(32))}")
    secret, pepper = kept.read_text().split()
    os.environ |= {
        "LOTSE_DATA": str(FOLDER),
        "LOTSE_DATABASE": f"sqlite:///{FOLDER.absolute() / 'lotse.sqlite3'}",
        "LOTSE_SECRET": secret,
        "LOTSE_PEPPER": pepper,
        "LOTSE_DEMO": "1",
    }
