"""One small stack for all tests of the local stack that only ask it."""

from collections.abc import Callable, Iterator

import pytest

from local import children
from tests.local import small


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[small.Stack]:
    root = small.write_project(tmp_path_factory.mktemp("project"))
    running = small.start(root, root / ".local", children.free_port(), ALLOWED_ORIGINS="https://app.example.com")
    yield running
    running.stop()


@pytest.fixture
def until() -> Callable[[Callable[[], bool]], None]:
    """Fails unless the condition comes to hold within the two seconds that a reload may take."""

    def wait(holds: Callable[[], bool]) -> None:
        assert children.wait_until(holds, seconds=2)

    return wait
