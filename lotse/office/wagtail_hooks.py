"""What Wagtail's admin shows, and what it hides until there is a library to edit."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from lotse.office import policies
from lotse.office.viewsets import Counselling

policies.register()

# Menu items by name. People join by invitation, so there is nothing to do under "users".
HIDDEN = {"explorer", "images", "documents", "snippets", "reports", "settings", "help"}


@hooks.register("register_admin_viewset")
def counselling() -> Counselling:
    return Counselling()


@hooks.register("construct_main_menu")
def hide_what_is_empty(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in HIDDEN]


@hooks.register("construct_search")
def hide_search_of_pages(request: HttpRequest, areas: list[object]) -> None:
    areas.clear()
