import pytest

from lotse import env
from lotse.core.addresses import address_of, addresses_of

V6 = ("2001:db8:1:203::/64", "2001:db8:1:200::/56")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "addresses"),
    [
        (0, "", "192.0.2.1", ("192.0.2.1",)),
        (0, "198.51.100.7", "192.0.2.1", ("192.0.2.1",)),
        (1, "198.51.100.7", "127.0.0.1", ("198.51.100.7",)),
        (1, "10.0.0.1, 198.51.100.7", "127.0.0.1", ("198.51.100.7",)),
        (2, "10.0.0.1, 198.51.100.7, 127.0.0.2", "127.0.0.1", ("198.51.100.7",)),
        (2, "198.51.100.7", "127.0.0.1", ("127.0.0.1",)),
        (1, "198.51.100.7:5678", "127.0.0.1", ("198.51.100.7",)),
        (1, "[2001:db8:1:203::9]:443", "127.0.0.1", V6),
        (1, "[2001:db8:1:203::9]", "127.0.0.1", V6),
        (1, "2001:db8:1:203::9", "127.0.0.1", V6),
        (1, "[::ffff:192.0.2.1]:80", "127.0.0.1", ("192.0.2.1",)),
        (1, "::ffff:192.0.2.1", "127.0.0.1", ("192.0.2.1",)),
        (1, "nonsense", "127.0.0.1", ("unknown",)),
        (1, "[2001:db8::1", "127.0.0.1", ("2001:db8::/64", "2001:db8::/56")),
        (1, "[]:80", "127.0.0.1", ("unknown",)),
        (1, "192.0.2.1:port", "127.0.0.1", ("unknown",)),
        (0, "", "", ("unknown",)),
        (0, "", "2001:db8:1:203:3:4:5:6", V6),
        (0, "", "fe80::1%eth0", ("fe80::/64", "fe80::/56")),
        (0, "", "::ffff:192.0.2.1", ("192.0.2.1",)),
    ],
)
def test_only_our_own_proxies_are_believed(
    proxies: int,
    forwarded: str,
    remote: str,
    addresses: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(env, "PROXIES", proxies)
    assert addresses_of(forwarded, remote) == addresses
    assert address_of(forwarded, remote) == addresses[0]
