"""What a function loads before its first request is what every cold start waits for."""

import pytest

from benchmarks.imports import modules, names

LAZY = {
    "boto3",
    "botocore",
    "defusedxml",
    "email_validator",
    "fontTools",
    "fpdf",
    "multipart",
    "openpyxl",
    "pyotp",
    "segno",
    "uharfbuzz",
}
UNUSED = {
    "alembic",
    "fastapi",
    "jwt",
    "local",
    "moto",
    "numpy",
    "psycopg",
    "sqlalchemy.orm",
    "stripe",
    "tests",
    "tools",
}
NO_DATABASE = {"authorizer/verify_token"}
HASHES_PASSWORDS = {"identity/sign_up", "identity/sign_in"}
SIGNS_TOKENS = HASHES_PASSWORDS | {
    "admins/log_in",
    "admins/log_in_with_factor",
    "admins/refresh_admin_tokens",
    "authorizer/verify_token",
    "impersonation/start_impersonation",
    "identity/refresh_tokens",
    "identity/verify_second_factor",
    "members/accept_invite",
}


pytestmark = pytest.mark.xdist_group("modules")  # they share one slow look


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, frozenset[str]]:
    """Modules by function, `domain/stem`. Compiled into a folder of their own, for every process to share."""
    compiled = {"PYTHONPYCACHEPREFIX": str(tmp_path_factory.mktemp("pycache")), "PYTHONDONTWRITEBYTECODE": ""}
    found = modules(names(), **compiled)
    return {"/".join(name.split(".")[1:]): named for name, named in found.items()}


def test_no_function_loads_what_is_imported_where_it_is_used(loaded: dict[str, frozenset[str]]) -> None:
    assert {name: found & LAZY for name, found in loaded.items() if found & LAZY} == {}


def test_no_function_loads_what_none_needs(loaded: dict[str, frozenset[str]]) -> None:
    assert {name: found & UNUSED for name, found in loaded.items() if found & UNUSED} == {}


def test_a_function_loads_no_other_function(loaded: dict[str, frozenset[str]]) -> None:
    for name, found in loaded.items():
        others = {module for module in found if module.startswith("functions.") and module.count(".") == 2}
        assert others == {"functions." + name.replace("/", ".")}


def test_only_who_hashes_passwords_loads_argon2(loaded: dict[str, frozenset[str]]) -> None:
    assert {name for name, found in loaded.items() if "argon2" in found} <= HASHES_PASSWORDS


def test_only_who_signs_or_verifies_tokens_loads_cryptography(loaded: dict[str, frozenset[str]]) -> None:
    assert {name for name, found in loaded.items() if "cryptography" in found} <= SIGNS_TOKENS


def test_who_needs_no_database_loads_no_driver(loaded: dict[str, frozenset[str]]) -> None:
    for name in NO_DATABASE:
        assert not loaded[name] & {"pg8000", "sqlalchemy", "pydantic"}


def test_who_needs_a_database_knows_where_its_password_is_looked_up(loaded: dict[str, frozenset[str]]) -> None:
    assert {name for name, found in loaded.items() if "shared.entry.wiring" not in found} == NO_DATABASE


def test_of_identity_only_signing_up_loads_pricing(loaded: dict[str, frozenset[str]]) -> None:
    identity = {name: found for name, found in loaded.items() if name.startswith("identity/")}
    assert {name for name, found in identity.items() if "shared.domains.pricing" in found} <= {"identity/sign_up"}
