from tests.support.database import any_database

__all__ = ["any_database"]
