"""What comes in over the API has exactly the expected fields."""

from ninja import Schema
from pydantic import ConfigDict


class Strict(Schema):
    """Base of every request body."""

    model_config = ConfigDict(extra="forbid")
