"""pytest loads this first (pyproject.toml), because Django reads its settings very early."""

import os

from tests.support.server import SECRETS

for _name, _value in SECRETS.items():
    os.environ.setdefault(_name, _value)
