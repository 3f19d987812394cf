"""What went wrong, as JSON problem details (RFC 9457): a sentence, never a path or a traceback."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.responses import Response

from lib.exports.asking import LONGEST


@dataclass(eq=False)
class Problem(Exception):  # noqa: N818  (the standard's word for it)
    """An answer that is not the one asked for. `parameter`, `value` and `allowed` tell which part of the address."""

    status: HTTPStatus
    detail: str
    parameter: str = ""
    value: str = ""
    allowed: Sequence[str] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> Response:
        """The same as an HTTP answer, which nobody keeps."""
        told = {"type": "about:blank", "title": self.status.phrase, "status": int(self.status), "detail": self.detail}
        if self.parameter:
            told |= {"parameter": short(self.parameter), "value": short(self.value), "allowed": list(self.allowed)}
        return Response(
            json.dumps(told, ensure_ascii=False, indent=1) + "\n",
            status_code=self.status,
            headers={"Cache-Control": "no-store", **self.headers},
            media_type="application/problem+json",
        )


def short(text: str, longest: int = LONGEST) -> str:
    """The beginning of it, printable, also where the address held half a character."""
    printable = "".join(sign if sign.isprintable() else "·" for sign in text)
    return printable if len(printable) <= longest else printable[:longest] + "…"
