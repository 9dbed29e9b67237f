"""Lotse with one room more, whose jobs write down what they do; and with shorter pauses."""

from lotse.settings import *  # noqa: F403
from lotse.settings import INSTALLED_APPS as ROOMS

INSTALLED_APPS = [*ROOMS, "tests.jobs.room"]
