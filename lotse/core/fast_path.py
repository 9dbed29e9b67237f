"""Decides whether posts and events bypass ASGI, with code for one version of uvicorn (ADR 0012).

With LOTSE_FAST_PATH=no nothing imports core/protocol.py, and other versions of uvicorn work too.
"""

import uvicorn

from lotse import env
from lotse.core.asgi_helpers import Send

UVICORN = "0.54.0"
"""The version whose internals core/protocol.py uses. pyproject.toml pins the same version."""

if env.FAST_PATH:
    from lotse.core.protocol import write_now
else:

    def write_now(send: Send, data: bytes) -> bool:
        """Always False: the caller sends by ASGI."""
        return False


__all__ = ["UVICORN", "is_known", "write_now"]


def is_known() -> bool:
    """Whether the installed uvicorn is the version that the fast path was written for."""
    return uvicorn.__version__ == UVICORN
