"""The time. Read once per request, message or job slice by the harness, and passed down as `call.now`."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path


def now() -> datetime:
    """UTC. The local stack moves it by the seconds in the file that CLOCK_OFFSET_FILE names; nothing else does."""
    real = datetime.now(UTC)
    moved = os.environ.get("CLOCK_OFFSET_FILE")
    if not moved:
        return real
    try:
        return real + timedelta(seconds=float(Path(moved).read_text()))
    except (OSError, ValueError):
        return real
