"""The secrets of `make run`, made once."""

import json
from pathlib import Path

from local.settings import make_secrets


def test_they_stay_and_a_stack_of_before_gets_only_what_is_new(tmp_path: Path) -> None:
    first = make_secrets(tmp_path)
    assert make_secrets(tmp_path) == first
    file = tmp_path / "secrets.json"
    older = {name: value for name, value in first._asdict().items() if name != "factor_key"}
    file.write_text(json.dumps(older))
    again = make_secrets(tmp_path)
    assert again.factor_key not in ("", first.factor_key)
    assert again._replace(factor_key=first.factor_key) == first
    assert make_secrets(tmp_path) == again
    assert file.stat().st_mode & 0o077 == 0
