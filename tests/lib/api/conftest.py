"""The data routes without the rest of the server: asked over ASGI, as a program would ask them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lib.api.routes import routes
from lib.api.rules import Rules
from lib.viewer import PROGRAMME, RESEARCHER, Viewer

Serve = Callable[..., TestClient]
MANY = Rules(a_minute=60_000, burst=60_000)


def client(database: Path, rules: Rules = MANY) -> TestClient:
    return TestClient(Starlette(routes=routes(lambda: database, rules)), headers={"accept-encoding": "identity"})


@pytest.fixture(scope="module")
def as_role() -> Iterator[Callable[[str], None]]:
    """A function: role → outsiders have it from now on."""
    patch = pytest.MonkeyPatch()

    def become(role: str) -> None:
        patch.setattr("lib.api.routes.outsider", lambda: Viewer(role))

    become(RESEARCHER)
    yield become
    patch.undo()


@pytest.fixture(scope="module")
def api(demo_database: Path, as_role: Callable[[str], None]) -> TestClient:
    """As outsiders see it: the research view."""
    as_role(RESEARCHER)
    return client(demo_database)


@pytest.fixture
def whole(demo_database: Path, as_role: Callable[[str], None]) -> Iterator[TestClient]:
    """As the programme sees it."""
    as_role(PROGRAMME)
    yield client(demo_database)
    as_role(RESEARCHER)
