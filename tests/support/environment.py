"""Loaded by pytest before anything else (pyproject.toml): Django's settings read it very early."""

import logging
import os

from tests.support.server import SECRETS

for _name, _value in SECRETS.items():
    os.environ.setdefault(_name, _value)

# A line for every request would hide what failed.
logging.getLogger("httpx").setLevel(logging.WARNING)
