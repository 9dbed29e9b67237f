"""Every limit that API and pages enforce; browser/shared/limits.ts mirrors it."""

NICKNAME_MIN = 2
NICKNAME_MAX = 40
MESSAGE_BYTES = 48 * 1024
"""The longest sealed message, without its files."""
BODY_BYTES = 96 * 1024
"""The longest JSON request of the API."""
FILE_BYTES = 25 * 1024 * 1024
CHUNK_BYTES = 1024 * 1024
TAG_BYTES = 16
CHUNKS = FILE_BYTES // CHUNK_BYTES
PAGE = 50
"""Messages in one response."""
PAGE_BYTES = 512 * 1024
"""Bytes of their bodies: a page of long ones is shorter, but never empty."""
LISTED_BYTES = 4 * 1024
"""Bytes of a body that a list of conversations shows."""
