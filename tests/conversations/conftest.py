import pytest

from tests.conversations.scene import Scene
from tests.support.database import any_database

__all__ = ["any_database"]


@pytest.fixture
def scene() -> Scene:
    return Scene()
