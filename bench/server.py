"""Measures a server's start, its memory at rest, and the import of centres."""

import time

from tests.support.server import Server

CENTRES = 1250


def measure(server: Server) -> list[tuple[str, str, str]]:
    """Starts the server and leaves it running."""
    began = time.monotonic()
    server.start()
    ready = time.monotonic() - began
    imported = _import(server)
    time.sleep(2)
    return [
        ("server ready after start", f"{ready:.1f} s", "≤ 5 s"),
        ("idle server with demo, resident", f"{server.resident() / 1024:.0f} MB", "≤ 250 MB"),
        (f"import of {CENTRES} centres, dry run, whole command", f"{imported:.1f} s", "< 5 s"),
    ]


def _import(server: Server) -> float:
    rows = [
        f"Demo-Verband {index % 9};Demo-Stelle {index};Weg 1;20095;Hamburg;de,ar,ru;work,housing"
        for index in range(CENTRES)
    ]
    path = server.data / "centres.csv"
    path.write_text(
        "\n".join(["organisation;centre;address;postcode;place;languages;topics", *rows])
    )
    began = time.monotonic()
    server.manage("import-centres", str(path), "--dry-run")
    return time.monotonic() - began
