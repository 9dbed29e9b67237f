"""Loaded by pytest before anything else (pyproject.toml): Django's settings read it very early."""

import os

from tests.support.server import SECRETS

for _name, _value in SECRETS.items():
    os.environ.setdefault(_name, _value)
