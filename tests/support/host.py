"""Where the tests run a server: on this machine, or on one that can vanish."""

import subprocess

NAME = "lotse-far"
HERE, THERE = "198.51.100.1", "198.51.100.2"
"""The two ends of a virtual cable. The range is reserved for documentation (RFC 5737)."""


class Here:
    address = "127.0.0.1"
    run: tuple[str, ...] = ()
    """The prefix of commands that run on this host."""


THIS = Here()


class Host(Here):
    """A machine that can vanish: a network namespace (ip-netns(8))."""

    address = THERE
    run = ("ip", "netns", "exec", NAME)

    def start(self) -> "Host":
        """Needs root."""
        # Remove what a killed run has left. The cable stays while a process runs in the namespace.
        for left in (("netns", "delete", NAME), ("link", "delete", "lotse-here")):
            subprocess.run(["ip", *left], capture_output=True, check=False)
        _ip("netns", "add", NAME)
        _ip("link", "add", "lotse-here", "type", "veth", "peer", "lotse-there", "netns", NAME)
        _plug("lotse-here", HERE)
        _plug("lotse-there", THERE, "-n", NAME)
        _ip("-n", NAME, "link", "set", "lo", "up")
        return self

    def vanish(self) -> None:
        """From now on the host sends nothing, not even that connections are closed."""
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
