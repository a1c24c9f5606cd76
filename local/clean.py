"""`make clean`: drop everything the stack keeps, also what root had to put outside of the project."""

import fcntl
import shutil

from local import database, settings


def main() -> None:
    home = settings.read().home
    if not home.exists():
        return
    with (home / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(f"A stack runs on {home}: stop it first") from None
        shutil.rmtree(database.outside_folder(home / "postgres"), ignore_errors=True)
        shutil.rmtree(home)


if __name__ == "__main__":
    main()
