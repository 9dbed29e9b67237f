"""An administrator, signed in."""

import pytest
from django.test import Client

from lotse.accounts.roles import Role
from tests.office.pages import signed_in


@pytest.fixture
def admin(db: None) -> Client:
    return signed_in(Role.ADMINISTRATOR, is_superuser=True)
