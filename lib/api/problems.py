"""What went wrong, as JSON problem details (RFC 9457): a sentence, never a path or a traceback."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.responses import Response

_LONGEST = 100
"""Characters of a stranger's word that are said back."""


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


def bad(parameter: str, value: str, allowed: Sequence[str]) -> Problem:
    """A parameter with a value that it cannot have."""
    detail = f"{short(parameter)}: “{short(value)}” is not one of the values it may have."
    return Problem(HTTPStatus.BAD_REQUEST, detail, parameter, value, allowed)


def short(text: str) -> str:
    """The beginning of it, printable, also where the address held half a character."""
    printable = "".join(sign if sign.isprintable() else "·" for sign in text)
    return printable if len(printable) <= _LONGEST else printable[:_LONGEST] + "…"
