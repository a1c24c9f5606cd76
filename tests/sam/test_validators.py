"""Both validators of SAM accept every template; each sees what the other misses."""

import os
import subprocess

import pytest

from tools.functions import ROOT

TEMPLATES = ["template.yaml", *(str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("functions/*/template.yaml")))]


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("validator", ["--lint", "--region=us-east-1"])
def test_validator_accepts_template(template: str, validator: str) -> None:
    environment = os.environ | {"SAM_CLI_TELEMETRY": "0", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    done = subprocess.run(
        ["sam", "validate", validator, "-t", template], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
