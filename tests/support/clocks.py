"""The product's clock standing still, for what must not depend on the moment a test runs at."""

from datetime import datetime

import pytest

from shared.core import clock


def stop(monkeypatch: pytest.MonkeyPatch, at: datetime | None = None) -> datetime:
    """The time for the rest of a test: the present unless told. Tokens expire by it too."""
    moment = at or clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment
