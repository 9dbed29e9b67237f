"""People with real keys over real HTTP: a centre, its counsellor, clients and what they say."""

import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from lotse.accounts.models import Person
from lotse.conversations.actions.cases import open_case, take
from lotse.conversations.schemas import NewCase
from lotse.core.database import atomic
from lotse.core.identifiers import from_text, new_id, to_text
from lotse.demo import crypto
from tests.support.inside import inside, new_centre, new_invitation
from tests.support.server import Server

PASSWORD = "kadibo-remusa-talopi"


@dataclass
class Someone:
    server: Server
    nickname: str
    account: crypto.Account
    http: httpx.Client
    door: str = "/sign-in/"

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.http.request(method, path, json=body)
        assert answer.is_success, (path, answer.status_code, answer.text)
        told = answer.json() if answer.content else None
        if isinstance(told, dict) and "unlock" in told:
            self.http.headers["Authorization"] = f"Bearer {told['unlock']}"
        return told


@dataclass
class House:
    """A centre with its key, and the counsellor who leads it."""

    server: Server
    centre: str
    counsellor: Someone
    counsellor_id: str
    clients: list["Talk"] = field(default_factory=list)

    def client(
        self, question: str = "Wird mein Diplom anerkannt?", language: str = "de", **keys: str
    ) -> "Talk":
        """A new client who has asked one question; `keys` in place of true ones."""
        nickname = f"wind-{str(new_id())[:8]}"
        client = registered(self.server, nickname, language)
        return self.case(client, question, language, **keys)

    def case(self, client: Someone, question: str, language: str = "de", **others: str) -> "Talk":
        talk, case = self._sealed(client, self._manifest(client), question, language)
        client.ask("POST", "/api/cases", case | {"keys": case["keys"] | others})
        return talk

    def taken(self, client: Someone, questions: list[str], language: str) -> None:
        """Many cases of the counsellor, straight into the database: over HTTP they take minutes."""
        manifest = self._manifest(client)
        with inside(self.server), atomic():
            asking = Person.objects.get(pk=client.account.person)
            taking = Person.objects.get(pk=self.counsellor.account.person)
            for question in questions:
                talk, case = self._sealed(client, manifest, question, language)
                open_case(asking, NewCase.model_validate(case))
                take(taking, UUID(talk.id))

    def _manifest(self, client: Someone) -> crypto.Manifest:
        public = client.ask("GET", f"/api/centres/{self.centre}/keys")
        return crypto.verify_manifests(self.centre, public["manifests"])

    def _sealed(
        self, client: Someone, manifest: crypto.Manifest, question: str, language: str
    ) -> tuple["Talk", dict[str, Any]]:
        """A new conversation, and the body of POST /api/cases."""
        conversation = str(new_id())
        key, keys = crypto.new_conversation(client.account, conversation, manifest)
        talk = Talk(self, client, conversation, key)
        return talk, {
            "conversation": conversation,
            "centre": self.centre,
            "counsellor": self.counsellor_id,
            "language": language,
            "topic": None,
            "place": "Köln",
            "keys": keys,
            "message": talk.sealed(client, {"kind": "text", "text": question}),
        }


@dataclass
class Talk:
    house: House
    client: Someone
    id: str
    key: crypto.SecretKey

    def sealed(self, sender: Someone, content: dict[str, Any]) -> dict[str, str]:
        message = str(new_id())
        place = crypto.Place(self.id, message, sender.account.person)
        return {"id": message, "body": crypto.seal_message(self.key, place, content)}

    def answer(self, text: str) -> dict[str, Any]:
        """The counsellor takes the case, the first time, and writes."""
        self.house.counsellor.ask("POST", f"/api/desk/cases/{self.id}/join")
        return self.say(self.house.counsellor, {"kind": "text", "text": text})

    def add(self, text: str) -> dict[str, Any]:
        return self.say(self.client, {"kind": "text", "text": text})

    def say(
        self, sender: Someone, content: dict[str, Any], blobs: list[str] | None = None
    ) -> dict[str, Any]:
        body = self.sealed(sender, content) | {"epoch": 1, "blobs": blobs or []}
        message: dict[str, Any] = sender.ask(
            "POST", f"/live/conversations/{self.id}/messages", body
        )
        return message

    def file(self, sender: Someone, data: bytes, **about: Any) -> dict[str, Any]:
        """Sends `data`, padded and in chunks, and the message about it."""
        blob, key = str(new_id()), crypto.new_file_key()
        size = 1024 * 1024
        padded = data.ljust(crypto.padded_size(len(data)), b"\0")
        pieces = [padded[at : at + size] for at in range(0, len(padded), size)]
        sealer, hashed = crypto.File(key, self.id, blob), crypto.FileHash()
        path = f"/api/conversations/{self.id}/blobs"
        sender.ask("POST", path, {"id": blob, "chunks": len(pieces)})
        for index, piece in enumerate(pieces):
            sealed = sealer.seal_chunk(index, index == len(pieces) - 1, piece)
            hashed.add(sealed)
            sender.http.put(f"/live/blobs/{self.id}/{blob}/{index}", content=sealed)
        content = {"kind": "file", "blob": blob, "key": to_text(key), "hash": hashed.digest()}
        content |= {"chunks": len(pieces), "size": len(data)} | about
        return self.say(sender, content, [blob])

    def messages(self) -> list[dict[str, Any]]:
        """What the server has, opened, oldest first."""
        path = f"/api/conversations/{self.id}/messages?after=0&limit=50"
        opened = []
        for message in self.client.ask("GET", path)["messages"]:
            place = crypto.Place(self.id, message["id"], message["sender"])
            body = message["body"]
            content = crypto.open_message(self.key, place, body) if body else None
            opened.append(message | {"content": content})
        return opened

    def texts(self) -> list[str]:
        return [one["content"]["text"] for one in self.messages() if one["content"]]

    def open_file(self, content: dict[str, Any]) -> bytes:
        opener = crypto.File(from_text(content["key"]), self.id, content["blob"])
        parts = []
        for index in range(content["chunks"]):
            answer = self.client.http.get(f"/live/blobs/{self.id}/{content['blob']}/{index}")
            assert answer.is_success
            parts.append(opener.open_chunk(index, index == content["chunks"] - 1, answer.content))
        padded = b"".join(parts)
        assert len(padded) == crypto.padded_size(content["size"])
        return padded[: content["size"]]

    def fill(self, texts: list[str]) -> None:
        """Many messages at once, by turns, straight into the database: posting takes minutes."""
        people = [self.house.counsellor.account.person, self.client.account.person]
        rows = []
        last = self.client.ask("GET", f"/api/conversations/{self.id}")["last"]
        for number, text in enumerate(texts, last + 1):
            sender = people[number % 2]
            message = str(new_id())
            place = crypto.Place(self.id, message, sender)
            body = crypto.seal_message(self.key, place, {"kind": "text", "text": text})
            ids = [one.replace("-", "") for one in (message, self.id, sender)]
            at = datetime.now(UTC) - timedelta(minutes=len(texts) + last - number)
            rows.append((*ids, number, from_text(body), at.strftime("%Y-%m-%d %H:%M:%S")))
        with sqlite3.connect(self.house.server.data / "lotse.sqlite3", timeout=20) as database:
            database.executemany(
                "INSERT INTO conversations_message"
                " (id, conversation_id, sender_id, number, body, sent_at, epoch, event)"
                " VALUES (?, (SELECT key FROM conversations_conversation WHERE id=?),"
                " ?, ?, ?, ?, 1, 0)",
                rows,
            )
            database.execute(
                "UPDATE conversations_conversation SET last=? WHERE id=?",
                (last + len(texts), self.id.replace("-", "")),
            )

    def spread(self, days: float) -> None:
        """Sets the messages back in time, evenly over `days`."""
        with sqlite3.connect(self.house.server.data / "lotse.sqlite3", timeout=20) as database:
            where = (self.id.replace("-", ""),)
            found = database.execute(
                "SELECT m.id FROM conversations_message m JOIN conversations_conversation c"
                " ON c.key = m.conversation_id WHERE c.id=? ORDER BY number",
                where,
            ).fetchall()
            for index, (message,) in enumerate(found):
                ago = timedelta(days=days * (1 - index / len(found)), minutes=3)
                at = (datetime.now(UTC) - ago).strftime("%Y-%m-%d %H:%M:%S")
                database.execute(
                    "UPDATE conversations_message SET sent_at=? WHERE id=?", (at, message)
                )


def make_house(server: Server, name: str = "Beratungsstelle am Hafen") -> House:
    centre = new_centre(server, name, f"haus-{str(new_id())[:8]}")
    token = new_invitation(server, centre)
    nickname = f"beratung-{str(new_id())[:8]}"
    person = str(new_id())
    account, keys, _ = crypto.create_account(person, PASSWORD, "staff")
    http = httpx.Client(base_url=server.url, timeout=30)
    someone = Someone(server, nickname, account, http, "/desk/")
    body = {"person": person, "nickname": nickname, "language": "de", "keys": keys}
    body |= {"token": token, "name": "Amira Demo", "languages": ["de", "ar"]}
    me = someone.ask("POST", "/api/join", body)
    someone.ask("POST", "/api/centre-keys/found", crypto.found_centre(account, centre))
    return House(server, centre, someone, me["counsellor"]["id"])


def registered(server: Server, nickname: str, language: str) -> Someone:
    person = str(new_id())
    account, keys, _ = crypto.create_account(person, PASSWORD, "client")
    someone = Someone(server, nickname, account, httpx.Client(base_url=server.url, timeout=30))
    body = {"person": person, "nickname": nickname, "language": language, "keys": keys}
    someone.ask("POST", "/api/accounts", body)
    return someone


def sign_in(page: Page, someone: Someone, at: str = "") -> None:
    """As a person does; whose session goes on is asked for the password only."""
    page.goto(f"{at or someone.server.url}{someone.door}")
    password = page.locator("input[type=password]")
    expect(password).to_be_visible(timeout=30_000)
    name = page.locator("input[autocomplete=username]")
    if name.is_visible():
        name.fill(someone.nickname)
    password.fill(PASSWORD)
    page.locator("form button[type=submit]").click()


def open_chat(
    browser: Browser, talk: Talk, shows: str = ".talk .log", at: str = "", **context: Any
) -> tuple[Page, BrowserContext]:
    """A new browser in which the client has signed in and sees the conversation, or a list."""
    opened = browser.new_context(**{"locale": "de-DE", "timezone_id": "Europe/Berlin"} | context)
    page = opened.new_page()
    sign_in(page, talk.client, at)
    expect(page.locator(shows)).to_be_visible(timeout=30_000)
    return page, opened


def write(page: Page, text: str) -> None:
    page.locator(".composer textarea").fill(text)
    page.locator(".composer .send-button").click()


def bubble(page: Page, text: str) -> Locator:
    return page.locator(".message", has_text=text)


def stored(page: Page, store: str) -> list[Any]:
    """What the browser keeps for this account in a store of browser/stream/storage.ts."""
    kept: list[Any] = page.evaluate(READ, store)
    return kept


READ = """async (store) => {
  const all = await indexedDB.databases()
  const { name } = all.find(({ name }) => /^lotse-\\w+-\\w+-/.test(name))
  const open = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)))
  const database = await open(indexedDB.open(name))
  return open(database.transaction(store).objectStore(store).getAll())
}"""
