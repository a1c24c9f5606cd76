"""The archive's list of tables is reviewed: a table that nobody has placed fails here."""

import re

from shared.domains.tenancy import rules
from tests.support.database import Database

SECRET = re.compile("hash|digest|secret|token|password|pepper|code", re.IGNORECASE)
HARMLESS = {"state_code"}


def test_every_table_of_a_tenant_is_in_it_or_left_out_for_a_reason(database: Database) -> None:
    found = database.run(
        "select table_name from information_schema.columns where table_schema = 'public' and column_name = 'tenant_id'"
    )
    of_tenants = {str(name) for [name] in found} | {"tenants", "users"}
    assert len(set(rules.EXPORTED)) == len(rules.EXPORTED)
    assert set(rules.EXPORTED) & set(rules.LEFT_OUT) == set()
    assert set(rules.EXPORTED) | set(rules.LEFT_OUT) == of_tenants


def test_what_sounds_like_a_secret_is_left_out(database: Database) -> None:
    found = database.run(
        "select table_name, column_name from information_schema.columns"
        " where table_schema = 'public' and udt_name not in ('bytea', '_bytea')"
    )
    suspicious = {
        (str(table), str(name))
        for table, name in found
        if table in rules.EXPORTED and SECRET.search(str(name)) and name not in HARMLESS
    }
    assert suspicious == {(table, name) for table, names in rules.SECRETS.items() for name in names}
