"""What comes in over the API has exactly the expected fields."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic_core import PydanticCustomError


class Strict(BaseModel):
    """Base of every request body."""

    model_config = ConfigDict(extra="forbid")


def _one_line(value: str) -> str:
    # PostgreSQL refuses the character zero, and the others have no place in a name.
    if any(unicodedata.category(letter) == "Cc" for letter in value):
        raise PydanticCustomError("control-character", "holds a control character")
    return " ".join(unicodedata.normalize("NFC", value).split())


Line = Annotated[str, AfterValidator(_one_line)]
"""A name or another short text, tidied."""
