"""Whether posts and events may go past ASGI, by ways that know one version of uvicorn (ADR 0012).

With LOTSE_FAST_PATH=no nothing imports core/protocol.py, so that another version can serve.
"""

import uvicorn

from lotse import env
from lotse.core.asgi_helpers import Send

UVICORN = "0.54.0"
"""The version whose insides core/protocol.py knows; pyproject.toml asks for exactly this one."""

if env.FAST_PATH:
    from lotse.core.protocol import write_now
else:

    def write_now(send: Send, data: bytes) -> bool:
        """Everything is sent by ASGI."""
        return False


__all__ = ["UVICORN", "is_known", "write_now"]


def is_known() -> bool:
    """Whether the installed uvicorn is the one that the fast path was written for."""
    return uvicorn.__version__ == UVICORN
