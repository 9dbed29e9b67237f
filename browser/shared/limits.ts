/** Mirrors lotse/core/limits.py; tests/browser/test_limits.py compares them. */
export const NICKNAME_MIN = 2
export const NICKNAME_MAX = 40
/** A field counts UTF-16 units, up to two per letter. The server refuses what is too long. */
export const NICKNAME_UNITS = 4 * NICKNAME_MAX
/** A sealed message body, without files. */
export const MESSAGE_BYTES = 48 * 1024
export const BODY_BYTES = 96 * 1024
export const FILE_BYTES = 25 * 1024 * 1024
export const CHUNK_BYTES = 1024 * 1024
export const TAG_BYTES = 16
export const CHUNKS = FILE_BYTES / CHUNK_BYTES
/** Messages in one answer. */
export const PAGE = 50

/** Only the browser sees the password, so only the browser can check its length. */
export const PASSWORD_MIN = 10

/** Characters in one message. In any script the sealed message stays below MESSAGE_BYTES. */
export const TEXT_MAX = 10_000
