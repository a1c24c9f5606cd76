"""What a process does before it loads the product."""

import gc


def postpone_collection() -> None:
    """A cold start makes some 100,000 objects and no garbage; looking for it took a sixth of the time. See speed.md."""
    gc.set_threshold(200_000)
