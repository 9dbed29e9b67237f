"""Voice messages, with a tone for the microphone."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenChat
from tests.browser.talk import Talk


def test_voice_message_is_recorded_heard_and_sent(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk, permissions=["microphone"])
    record(page)
    page.get_by_role("button", name="Aufnahme beenden").click()
    recorder = page.locator(".recorder")
    recorder.get_by_role("button", name="Abspielen").click()
    expect(recorder.get_by_role("button", name="Anhalten")).to_be_visible()
    recorder.get_by_role("button", name="Senden").click()
    expect(page.locator(".message.file .ticks.sent")).to_be_visible(timeout=30_000)
    content = talk.messages()[-1]["content"]
    assert content["type"] in ("audio/webm", "audio/mp4")
    # The timer shows whole seconds, rounded.
    assert content["seconds"] >= 1.5
    assert len(talk.open_file(content)) > 1000


def record(page: Page) -> None:
    """Until the timer shows two seconds, and until the tone was heard."""
    page.get_by_role("button", name="Sprachnachricht aufnehmen").click()
    expect(page.get_by_role("timer")).to_have_text("0:02", timeout=10_000)
    loud = "bar => Number(bar.style.getPropertyValue('--level')) > 0.1"
    page.wait_for_function(f"() => [...document.querySelectorAll('.levels i')].some({loud})")


def test_voice_message_plays_at_the_speed_one_likes(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk, permissions=["microphone"])
    record(page)
    page.get_by_role("button", name="Senden").click()
    expect(page.locator(".message.file .ticks.sent")).to_be_visible(timeout=30_000)
    other = chat(talk)
    voice = other.locator(".voice")
    speed = voice.get_by_role("button", name="Geschwindigkeit")
    speed.click()
    speed.click()
    expect(speed).to_have_text("2×")
    voice.get_by_role("button", name="Abspielen").click()
    other.wait_for_function("() => document.querySelector('.voice audio')?.currentTime > 0.3")
    assert other.locator(".voice audio").evaluate("audio => audio.playbackRate") == 2
    expect(voice.get_by_role("button", name="Abspielen")).to_be_visible(timeout=15_000)


def test_a_recording_can_be_thrown_away(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk, permissions=["microphone"])
    page.get_by_role("button", name="Sprachnachricht aufnehmen").click()
    expect(page.get_by_role("timer")).to_have_text("0:01", timeout=10_000)
    page.get_by_role("button", name="Aufnahme verwerfen").click()
    expect(page.locator(".composer textarea")).to_be_visible()
    assert len(talk.messages()) == 2


def test_without_a_microphone_it_says_so(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    page.evaluate(
        "() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('no')) }"
    )
    page.get_by_role("button", name="Sprachnachricht aufnehmen").click()
    expect(page.locator(".toast")).to_contain_text("Mikrofon")
    expect(page.locator(".composer textarea")).to_be_visible()


def test_pressing_twice_sends_once(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk, permissions=["microphone"])
    record(page)
    page.get_by_role("button", name="Senden").dblclick()
    expect(page.locator(".message.file .ticks.sent")).to_be_visible(timeout=30_000)
    expect(page.locator(".composer textarea")).to_be_visible()
    page.wait_for_timeout(1000)
    assert len(talk.messages()) == 3


NO_ROOM = """() => {
  const put = IDBObjectStore.prototype.put
  IDBObjectStore.prototype.put = function (...given) {
    if (this.name === 'chunks') throw new DOMException('', 'QuotaExceededError')
    return put.apply(this, given)
  }
}"""


def test_what_was_spoken_stays_where_it_cannot_be_kept(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk, permissions=["microphone"])
    page.evaluate(NO_ROOM)
    record(page)
    page.get_by_role("button", name="Senden").click()
    expect(page.locator(".toast")).to_contain_text("zu wenig Platz")
    expect(page.locator(".recorder").get_by_role("button", name="Abspielen")).to_be_visible()
