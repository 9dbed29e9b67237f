"""Every limit that the API and the pages enforce. browser/shared/limits.ts mirrors this file."""

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
"""Bytes of all bodies in one response. Long messages make it shorter, but it is never empty."""
LISTED_BYTES = 4 * 1024
"""A list of conversations leaves out message bodies of more bytes than this."""
