"""Pictures and files: cleaned, sealed, carried, opened."""

import hashlib
import io
import os
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenChat
from tests.browser.talk import Talk, bubble, sign_in, stored

MIB = 1024 * 1024


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """As a phone takes it: lying on its side, with place and maker."""
    noise = os.urandom(300 * 200 * 3)
    picture = Image.frombytes("RGB", (300, 200), noise).resize((3000, 2000))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "GeheimesTelefon"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (36.0, 12.0, 5.0)
    path = tmp_path / "IMG_2031.jpg"
    picture.save(path, exif=exif)
    return path


def choose(page: Page, *paths: Path, way: str = "Datei") -> None:
    page.get_by_label("Datei anhängen").click()
    with page.expect_file_chooser() as chooser:
        page.locator(".attach-way", has_text=way).click()
    chooser.value.set_files([str(path) for path in paths])
    expect(page.locator(".files-to-send")).to_be_visible(timeout=30_000)


def send(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name="Senden").click()


def test_picture_loses_place_and_device_and_stands_upright(
    chat: OpenChat, talk: Talk, photo: Path
) -> None:
    page = chat(talk)
    choose(page, photo, way="Bild")
    expect(page.get_by_role("dialog")).to_contain_text("Ort und Gerätedaten sind entfernt")
    send(page)
    expect(page.locator(".message.mine.file .ticks.sent")).to_be_visible(timeout=30_000)
    content = talk.messages()[-1]["content"]
    assert content["type"] == "image/jpeg"
    assert content["name"] == "IMG_2031.jpg"
    data = talk.open_file(content)
    picture = Image.open(io.BytesIO(data))
    assert picture.size == (content["width"], content["height"]) == (1365, 2048)
    assert not dict(picture.getexif())
    for secret in (b"GeheimesTelefon", b"Exif"):
        assert secret not in data
    assert len(content["preview"]) < 4000


def test_a_caption_goes_with_the_first_file_and_is_found(
    chat: OpenChat, talk: Talk, photo: Path, tmp_path: Path
) -> None:
    letter = tmp_path / "brief.txt"
    letter.write_text("Sehr geehrte Frau Demo")
    page = chat(talk)
    bubble(page, "Ja, das geht").locator(".bubble").click(button="right")
    page.get_by_role("menuitem", name="Antworten").click()
    choose(page, photo, letter)
    page.get_by_label("Text dazu").fill("Das Zeugnis meiner Schwester")
    send(page)
    expect(page.locator(".message.mine.file .ticks.sent")).to_have_count(2, timeout=60_000)
    first = bubble(page, "Das Zeugnis meiner Schwester")
    expect(first.locator(".quote")).to_contain_text("Ja, das geht")
    expect(page.locator(".about-bar")).to_have_count(0)
    sent = {one["content"]["name"]: one["content"] for one in talk.messages()[-2:]}
    assert sent["IMG_2031.jpg"]["caption"] == "Das Zeugnis meiner Schwester"
    assert sent["IMG_2031.jpg"]["reply"] == talk.messages()[1]["id"]
    assert not {"caption", "reply"} & sent["brief.txt"].keys()
    page.get_by_role("button", name="In diesem Gespräch suchen").click()
    page.locator("input[type=search]").fill("schwester")
    expect(page.locator("mark")).to_have_text("Schwester")


def test_picture_is_shown_and_fills_the_screen_when_pressed(
    chat: OpenChat, talk: Talk, photo: Path
) -> None:
    buffer = io.BytesIO()
    Image.open(photo).resize((600, 400)).save(buffer, "JPEG")
    talk.answer("Hier ein Bild:")
    about = {"name": "karte.jpg", "type": "image/jpeg", "width": 600, "height": 400}
    talk.file(talk.house.counsellor, buffer.getvalue(), **about)
    page = chat(talk)
    shown = page.get_by_role("button", name="Bild")
    expect(shown.locator("img")).to_be_visible(timeout=15_000)
    shown.click()
    viewer = page.locator("dialog.viewer")
    expect(viewer).to_be_visible()
    page.keyboard.press("Escape")
    expect(viewer).to_have_count(0)
    shown.click()
    expect(viewer).to_be_visible()
    page.go_back()
    expect(viewer).to_have_count(0)
    expect(page.locator(".talk .log")).to_be_visible()


def test_what_cannot_be_sent_says_why(chat: OpenChat, talk: Talk, tmp_path: Path) -> None:
    program, empty, large = tmp_path / "spiel.exe", tmp_path / "leer.pdf", tmp_path / "film.pdf"
    broken = tmp_path / "kaputt.png"
    program.write_bytes(b"MZ")
    empty.touch()
    with large.open("wb") as file:
        file.truncate(25 * MIB + 1)
    broken.write_bytes(b"not a picture")
    page = chat(talk)
    choose(page, program, empty, large, broken)
    dialog = page.get_by_role("dialog")
    for words in ("Diese Art von Datei", "ist leer", "zu groß", "lässt sich hier nicht lesen"):
        expect(dialog).to_contain_text(words)
    expect(dialog.get_by_role("button", name="Senden")).to_have_count(0)


def test_ten_mebibytes_in_flat_memory_and_back(chat: OpenChat, talk: Talk, tmp_path: Path) -> None:
    path = tmp_path / "Gutachten über alles.pdf"
    path.write_bytes(b"%PDF-" + os.urandom(10 * MIB))
    page = chat(talk)
    cdp = page.context.new_cdp_session(page)
    choose(page, path)
    cdp.send("HeapProfiler.collectGarbage")
    idle = heap(page)
    send(page)
    highest = idle
    while page.locator(".message.file .ticks.sent").count() == 0:
        highest = max(highest, heap(page))
        page.wait_for_timeout(50)
    print(f"idle {idle / MIB:.0f} MiB, highest {highest / MIB:.0f} MiB")
    assert highest - idle < 60 * MIB
    content = talk.messages()[-1]["content"]
    assert (content["chunks"], content["size"]) == (11, path.stat().st_size)
    sign_in(page, talk.client)
    card = page.locator(".file-open")
    with page.expect_download(timeout=60_000) as download:
        card.click(timeout=30_000)
    assert download.value.suggested_filename == path.name
    assert digest(download.value.path()) == digest(path)


def heap(page: Page) -> int:
    """Of the whole tab, array buffers included."""
    cdp = page.context.new_cdp_session(page)
    used = cdp.send("Runtime.getHeapUsage")
    cdp.detach()
    return int(used["usedSize"]) + int(used.get("backingStorageSize", 0))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_upload_goes_on_where_it_stopped(chat: OpenChat, talk: Talk, tmp_path: Path) -> None:
    path = tmp_path / "akte.pdf"
    path.write_bytes(os.urandom(3 * MIB))
    page = chat(talk)
    put = chunks_put(page)
    page.route("**/live/blobs/**/2", lambda route: route.abort())
    choose(page, path)
    send(page)
    page.wait_for_timeout(4000)
    assert put[:3] == ["0", "1", "2"]
    # The tab is closed in between: the sealed chunks wait on the disk.
    page.close()
    page = page.context.new_page()
    put = chunks_put(page)
    sign_in(page, talk.client)
    expect(page.locator(".message.file .ticks.sent")).to_be_visible(timeout=60_000)
    assert set(put) == {"2"}
    assert talk.open_file(talk.messages()[-1]["content"]) == path.read_bytes()


def chunks_put(page: Page) -> list[str]:
    put: list[str] = []
    page.on("request", lambda r: put.append(r.url[-1]) if r.method == "PUT" else None)
    return put


def test_sending_can_be_cancelled(chat: OpenChat, talk: Talk, tmp_path: Path) -> None:
    path = tmp_path / "irrtum.pdf"
    path.write_bytes(os.urandom(2 * MIB))
    page = chat(talk)
    page.route("**/live/blobs/**", lambda route: None)
    choose(page, path)
    send(page)
    page.locator(".file-sending").get_by_role("button", name="Abbrechen").click()
    expect(bubble(page, "irrtum.pdf")).to_have_count(0)
    page.wait_for_timeout(1000)
    assert stored(page, "chunks") == []
    assert len(talk.messages()) == 2


def test_a_file_that_was_tampered_with_is_not_shown(chat: OpenChat, talk: Talk) -> None:
    talk.file(talk.house.counsellor, b"wahr" * 100, name="wahr.txt", type="text/plain")
    page = chat(talk)
    page.route(
        "**/live/blobs/**",
        lambda route: route.fulfill(body=b"x" * 416, content_type="application/octet-stream"),
    )
    page.locator(".file-open").click()
    expect(page.locator(".toast")).to_be_visible()
    expect(page.locator(".toast")).not_to_contain_text("wahr")


def test_names_cannot_hide_what_a_file_is(chat: OpenChat, talk: Talk) -> None:
    talk.file(talk.house.counsellor, b"x", name="rechnung\u202efdp.exe", type="text/html")
    page = chat(talk)
    expect(page.locator(".file-name")).to_have_text("rechnungfdp.exe")
    with page.expect_download() as download:
        page.locator(".file-open").click()
    assert download.value.suggested_filename == "rechnungfdp.exe"


def test_more_files_than_go_at_once_are_named(chat: OpenChat, talk: Talk, tmp_path: Path) -> None:
    pages = [tmp_path / f"seite-{number:02}.txt" for number in range(12)]
    for one in pages:
        one.write_text("eine Seite")
    page = chat(talk)
    choose(page, *pages)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("10 Dateien senden?")
    expect(dialog.locator(".files-to-send li")).to_have_count(12)
    expect(dialog.locator("li.refused", has_text="zu viele auf einmal")).to_have_count(2)
