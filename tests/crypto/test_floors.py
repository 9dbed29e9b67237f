"""Each page refuses parameters below its own floor."""

import pytest
from playwright.sync_api import Page

from tests.crypto.test_password import FLOOR

ATTEMPT = "([kdf, strength]) => refusal(async () => !!await lotse.derive('secret', kdf, strength))"


@pytest.mark.parametrize(
    ("weak", "taken"),
    [
        ({"memory_kib": 19456, "passes": 2}, "CryptoFailure"),
        ({"memory_kib": 65535, "passes": 3}, "CryptoFailure"),
        ({"memory_kib": 65536, "passes": 2}, "CryptoFailure"),
        ({"memory_kib": 65536, "passes": 3}, True),
    ],
)
def test_a_staff_page_needs_staff_s_strength(
    page: Page, weak: dict[str, int], taken: object
) -> None:
    assert page.evaluate(ATTEMPT, [FLOOR | weak, "staff"]) == taken
