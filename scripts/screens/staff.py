"""The desk of counsellors and coordinators, and the office."""

from collections.abc import Iterator

from playwright.sync_api import Page

from scripts.screens.people import sign_in


def desk(page: Page, _language: str) -> Iterator[str]:
    sign_in(page, "demo-lena", door="/desk/")
    page.locator(".desk").wait_for(timeout=30_000)
    page.wait_for_timeout(1500)
    yield "desk"
    for view in ("new", "mine", "centre"):
        page.goto(f"/desk/#{view}")
        page.wait_for_timeout(600)
        yield f"desk-{view}"
        row = page.locator("li.row a").first
        if row.count():
            row.click()
            page.wait_for_timeout(1200)
            yield f"desk-{view}-case"
    for name in ("profile", "absences", "account"):
        page.goto(f"/desk/#{name}")
        page.wait_for_timeout(800)
        yield f"desk-{name}"


def coordination(page: Page, _language: str) -> Iterator[str]:
    sign_in(page, "demo-koordination", door="/desk/")
    page.locator(".desk").wait_for(timeout=30_000)
    page.wait_for_timeout(1200)
    yield "invitations"


def office(page: Page, _language: str) -> Iterator[str]:
    sign_in(page, "demo-verwaltung", door="/desk/")
    page.wait_for_url("**/office/**", timeout=30_000)
    for name in ("centres", "counsellors", "organisations", "topics", "languages"):
        page.goto(f"/office/{name}/")
        yield f"office-{name}"
    page.goto("/office/centres/")
    page.locator("table a[href*='edit']").first.click()
    page.wait_for_load_state()
    yield "office-centre"
