"""Where a server of the tests runs: here, or on a machine that can vanish."""

import subprocess

NAME = "lotse-far"
HERE, THERE = "198.51.100.1", "198.51.100.2"
"""At the ends of a cable between the two; of a range kept for documentation (RFC 5737)."""


class Here:
    address = "127.0.0.1"
    run: tuple[str, ...] = ()
    """Before a command that belongs there."""


THIS = Here()


class Host(Here):
    """A network namespace of the tests' own (ip-netns(8))."""

    address = THERE
    run = ("ip", "netns", "exec", NAME)

    def start(self) -> "Host":
        """Needs root."""
        # What a killed run may have left; the cable stays while something runs there.
        for left in (("netns", "delete", NAME), ("link", "delete", "lotse-here")):
            subprocess.run(["ip", *left], capture_output=True, check=False)
        _ip("netns", "add", NAME)
        _ip("link", "add", "lotse-here", "type", "veth", "peer", "lotse-there", "netns", NAME)
        _plug("lotse-here", HERE)
        _plug("lotse-there", THERE, "-n", NAME)
        _ip("-n", NAME, "link", "set", "lo", "up")
        return self

    def vanish(self) -> None:
        """Says nothing any more, not even that it is gone."""
        _ip("-n", NAME, "route", "add", "blackhole", HERE)

    def come_back(self) -> None:
        _ip("-n", NAME, "route", "delete", "blackhole", HERE)

    def remove(self) -> None:
        _ip("netns", "delete", NAME)


def _plug(device: str, address: str, *where: str) -> None:
    _ip(*where, "address", "add", f"{address}/30", "dev", device)
    _ip(*where, "link", "set", device, "up")


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True)
