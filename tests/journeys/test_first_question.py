"""From the start page to the answered question in two browsers, and what the server kept."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from lotse.demo.environment import PASSWORD
from tests.journeys.people import Client, Counsellor
from tests.support.server import Server

QUESTION = "أنا ممرضة من حلب وأريد معادلة شهادتي، ماذا أفعل أولاً؟"
ANSWER = "مرحباً بك! أرسلي لي صورة عن الشهادة من فضلك."
PDF_NAME = "zeugnis-krankenpflege-original.pdf"
NICKNAME = "zaytuna-77"
PASSWORDS = ("falke sieben regen tisch", "neuer mond neben dem hafen")


@dataclass
class Journey:
    server: Server
    client: Client
    counsellor: Counsellor
    folder: Path
    secrets: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def journey(
    browser: Browser, new_server: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Journey]:
    server = new_server(LOTSE_DEMO="1")
    server.manage("load-demo")
    client = Client(browser, server.url, "ar", phone=True)
    counsellor = Counsellor(browser, server.url, "de")
    yield Journey(server, client, counsellor, tmp_path_factory.mktemp("files"))
    client.leave()
    counsellor.leave()


def picture(folder: Path) -> Path:
    """A photograph with a camera's name and a place in its EXIF."""
    image = Image.effect_noise((1600, 1200), 40).convert("RGB")
    exif = image.getexif()
    exif[0x010F] = "Spionkamera"
    exif.get_ifd(0x8825)[1] = "N"
    path = folder / "foto-der-urkunde.jpg"
    image.save(path, exif=exif)
    return path


def pdf(folder: Path) -> Path:
    path = folder / PDF_NAME
    path.write_bytes(b"%PDF-1.4\n% Abschlusszeugnis der Pflegeschule\n" + bytes(1_500_000))
    return path


def test_the_question_is_asked_in_arabic_on_a_phone(journey: Journey) -> None:
    client = journey.client
    client.find_counsellor("Amira (Demo)")
    expect(client.page.locator("html")).to_have_attribute("dir", "rtl")
    client.ask(QUESTION, NICKNAME, PASSWORDS[0])
    expect(client.page.locator("html")).to_have_attribute("dir", "rtl")


def test_the_counsellor_takes_the_case_and_answers(journey: Journey) -> None:
    counsellor = journey.counsellor
    counsellor.sign_in("demo-amira", PASSWORD, "/desk/")
    counsellor.take(NICKNAME)
    counsellor.sees(QUESTION)
    counsellor.say(ANSWER)
    journey.client.sees(ANSWER)
    answer = counsellor.page.locator(".message", has_text=ANSWER)
    expect(answer.locator(".ticks.read")).to_be_visible(timeout=15_000)


def test_who_listens_hears_who_wrote(journey: Journey) -> None:
    asked = journey.counsellor.page.locator(".message", has_text=QUESTION)
    expect(asked).to_contain_text(f"{NICKNAME}: ")
    answered = journey.client.page.locator(".message", has_text=ANSWER)
    expect(answered).to_contain_text("Amira (Demo): ")


def test_picture_file_and_voice_arrive(journey: Journey) -> None:
    client, counsellor = journey.client, journey.counsellor
    client.attach(picture(journey.folder))
    shown = counsellor.page.locator(".bubble img")
    expect(shown.first).to_be_visible(timeout=30_000)
    client.attach(pdf(journey.folder))
    counsellor.sees(PDF_NAME)
    with counsellor.page.expect_download(timeout=30_000) as download:
        counsellor.page.locator(".bubble", has_text=PDF_NAME).get_by_role("button").first.click()
    assert download.value.path().read_bytes() == (journey.folder / PDF_NAME).read_bytes()
    client.speak(1.5)
    play = counsellor.page.get_by_role("button", name=counsellor.said["chat.play"])
    expect(play.last).to_be_visible(timeout=30_000)


def test_a_second_device_shows_everything(journey: Journey, browser: Browser) -> None:
    second = Client(browser, journey.server.url, "ar", phone=True)
    second.sign_in(NICKNAME, PASSWORDS[0])
    second.sees(QUESTION)
    second.sees(PDF_NAME)
    second.leave()


def test_a_forgotten_password_loses_nothing(journey: Journey, browser: Browser) -> None:
    third = Client(browser, journey.server.url, "ar", phone=True)
    third.code = journey.client.code
    third.recover(NICKNAME, PASSWORDS[1])
    third.sees(QUESTION)
    third.leave()
    old = Client(browser, journey.server.url, "ar", phone=True)
    old.sign_in(NICKNAME, PASSWORDS[0])
    expect(old.page.get_by_role("alert").first).to_contain_text(
        old.said["problem.wrong-credentials"]
    )
    old.context.close()


def test_the_server_kept_ciphertext_only(journey: Journey) -> None:
    """Database, blobs, log and every answer: no word, file name, password or code."""
    journey.server.stop()
    kept = [path.read_bytes() for path in journey.server.data.rglob("*") if path.is_file()]
    heard = [*journey.client.heard, *journey.counsellor.heard]
    assert len(heard) > 20
    secrets = [QUESTION, QUESTION.split()[1], ANSWER, PDF_NAME, "foto-der-urkunde", "Spionkamera"]
    secrets += ["Abschlusszeugnis", *PASSWORDS, journey.client.code]
    secrets.append(journey.client.code.replace("-", ""))
    for secret in secrets:
        for form in (secret.encode(), secret.encode("utf-16-le"), secret.encode("utf-16-be")):
            assert not any(form in data for data in kept), f"{secret!r} is on the server's disk"
            assert not any(form in data for data in heard), f"{secret!r} was in an answer"
