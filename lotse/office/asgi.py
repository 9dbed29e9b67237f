"""The limit for request bodies, which is higher for uploads to the office."""

from lotse.accounts.asgi import holder_of
from lotse.core.asgi_helpers import Scope
from lotse.core.limits import BODY_BYTES

UPLOAD_BYTES = 10 * 2**20
_UPLOADS = ("/office/images/", "/office/documents/")


async def body_limit(scope: Scope) -> int:
    """Only administrators may upload files, and only to the library."""
    if scope["method"] != "POST" or not scope["path"].startswith(_UPLOADS):
        return BODY_BYTES
    person = await holder_of(scope)
    return UPLOAD_BYTES if person and person.may("office") else BODY_BYTES
