"""Routes of centres."""

from ninja import Router

router = Router(tags=["centres"])
router.add_router("", "lotse.centres.keys_api.router")
