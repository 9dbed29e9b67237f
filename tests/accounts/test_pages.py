import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["sign-in", "recover", "join"])
@pytest.mark.parametrize("language", ["de", "en", "ar", "ru"])
def test_island_pages(client: Client, name: str, language: str) -> None:
    page = client.get(f"/{name}/", headers={"Accept-Language": language})
    text = page.content.decode()
    assert page.status_code == 200
    assert f'data-island="{name}"' in text
    assert f'lang="{language}"' in text
    assert 'dir="rtl"' in text if language == "ar" else 'dir="ltr"' in text
    policy = page["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page["Cache-Control"] == "no-store"
    assert client.post(f"/{name}/").status_code == 405
