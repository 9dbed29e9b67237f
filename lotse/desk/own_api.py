"""One's own profile and absences over the API."""

from ninja import Router

from lotse.accounts.auth import needs

router = Router(auth=needs("counsel"))
