"""How the tests open Debian's Chromium: headless, and without background connections."""

import math
import os
import struct
import tempfile
import wave
from pathlib import Path


def _tone() -> Path:
    """A second of sound for the microphone: Chromium's own beeps fail on a busy machine."""
    path = Path(tempfile.mkdtemp(prefix="lotse-sound-")) / "tone.wav"
    rate = 48_000
    heights = (math.sin(2 * math.pi * at * (220 + at % 300) / rate) for at in range(rate))
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, rate, rate, "NONE", ""))
        file.writeframes(b"".join(struct.pack("<h", int(20_000 * height)) for height in heights))
    return path


ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    f"--use-file-for-fake-audio-capture={_tone()}",
]
PATH = os.environ.get("CHROMIUM", "/usr/bin/chromium")
"""`CHROMIUM=/path make test` tests with an older browser, as clients may have."""
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
