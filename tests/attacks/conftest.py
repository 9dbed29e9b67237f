from tests.browser.conftest import chat, house, talk
from tests.support.database import any_database

__all__ = ["any_database", "chat", "house", "talk"]
