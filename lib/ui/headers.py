"""Security headers on every answer, and Streamlit's metrics kept inside."""

from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib.ui.index_page import inline_script_hashes

_FORWARDED = {b"x-forwarded-for", b"forwarded", b"x-real-ip"}


class Headers:
    """Adds the headers that an answer lacks; answers 404 to whoever asks for the metrics from another machine."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = {
            "Content-Security-Policy": _policy(),
            "X-Frame-Options": "DENY",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request with the headers added."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    given.setdefault(name, value)
                if given.get("content-encoding") == "identity":
                    del given["content-encoding"]
            await send(message)

        inner = PlainTextResponse("Not Found", 404) if _asks_metrics(scope) and not _from_here(scope) else self.app
        await inner(scope, receive, send_with_headers)


def _policy() -> str:
    """Nothing from another host, no eval. Streamlit's script writes its styles inline and loads components as blobs."""
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self' blob: 'wasm-unsafe-eval' {' '.join(inline_script_hashes())}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "frame-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


def _asks_metrics(scope: Scope) -> bool:
    return Path(scope["path"].casefold()).parts[-2:] == ("_stcore", "metrics")


def _from_here(scope: Scope) -> bool:
    """Whether the request comes from this machine and was not passed on by a proxy for somebody else."""
    host, _ = scope.get("client") or ("", 0)
    forwarded = any(name in _FORWARDED for name, _ in scope["headers"])
    return host in ("127.0.0.1", "::1") and not forwarded
