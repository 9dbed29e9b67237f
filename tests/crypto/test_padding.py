"""What the size of a sealed file tells: only its padded size, at most 12 % more."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page

from lotse.core.limits import CHUNK_BYTES, CHUNKS, FILE_BYTES
from lotse.demo import crypto

POWERS = [2**exponent + more for exponent in range(1, 25) for more in (-1, 0, 1)]
SIZES = sorted({*range(1, 600), *POWERS, *range(600, FILE_BYTES, 10_007)})
SEALED = """async (size) => {
  const kept = []
  const storage = { put: async (_store, blob) => kept.push(blob.size - 16) }
  const place = { conversation: 'a', blob: 'b' }
  const { signal } = new AbortController()
  let chunks = 0
  await sealFile(storage, place, new Blob([new Uint8Array(size)]), signal, async (sealed) => {
    chunks = sealed.chunks
  })
  return { chunks, kept }
}"""


def test_both_sides_pad_alike_and_never_more_than_an_eighth(page: Page) -> None:
    padded = page.evaluate("(sizes) => sizes.map(lotse.paddedSize)", SIZES)
    assert padded == [crypto.padded_size(size) for size in SIZES]
    for size, more in zip(SIZES, padded, strict=True):
        assert size <= more <= size * 1.12
        assert crypto.padded_size(more) == more
    assert all(less <= more for less, more in pairwise(padded))


def test_few_sizes_are_told_of_many() -> None:
    told = {crypto.padded_size(size) for size in range(1, FILE_BYTES, 997)}
    assert len(told) < 400


def test_the_largest_file_is_still_possible() -> None:
    assert crypto.padded_size(FILE_BYTES) == FILE_BYTES == CHUNKS * CHUNK_BYTES


@pytest.mark.parametrize("size", [1, 9, 1000, CHUNK_BYTES, CHUNK_BYTES + 1, 17 * CHUNK_BYTES + 1])
def test_the_server_sees_padded_sizes_only(page: Page, size: int) -> None:
    sealed = page.evaluate(SEALED, size)
    assert sum(sealed["kept"]) == crypto.padded_size(size)
    assert len(sealed["kept"]) == sealed["chunks"] == -(-crypto.padded_size(size) // CHUNK_BYTES)
    assert set(sealed["kept"][:-1]) <= {CHUNK_BYTES}
