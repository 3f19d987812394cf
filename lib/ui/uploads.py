"""Streamlit takes files from whoever has a session, page or no page. Here only from those who may bring them."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from lib.viewer import may_upload

_UPLOADS = "/_stcore/upload_file/"


class Uploads:
    """Answers 403 to files from those who may not upload; nothing of them is kept in memory."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        brings = scope["type"] == "http" and scope["method"] in ("PUT", "POST") and _UPLOADS in scope["path"]
        refused = brings and not may_upload()
        await (PlainTextResponse("Forbidden", 403) if refused else self.app)(scope, receive, send)
