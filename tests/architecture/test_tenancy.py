"""Tenants are kept apart by the database itself: every table, both roles, and who may look across."""

import importlib
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql

from shared.core import db
from shared.core.db import Scope
from shared.core.tables import metadata
from tests.support.client import Client
from tests.support.database import Database
from tools.functions import functions

ROOT = Path(__file__).resolve().parents[2]
UNPROTECTED = {  # tables without row-level security, and why
    "alembic_version": "the number of the last migration; the functions' role has no right on it",
    "coupon_holds": "of the platform: which uses of a coupon are taken, by ids alone, and until when",
    "coupon_slots": "of the platform: which uses of a hot coupon are free",
    "coupons": "of the platform: who knows a code may use it; users' functions may only read them and count uses",
    "rate_limits": "hashes of addresses, users and tenants, and until when they owe; nothing of a tenant",
    "signin_failures": "counted before anybody is known; holds keyed digests and nothing of a tenant",
}
OF_ADMINS = {  # which no tenant's function sees, and why they have no tenant, or may have one
    "admin_audit_logs": "what the platform's own people did, and whom it concerned",
    "admin_break_glass_codes": "of the platform",
    "admin_ip_whitelist": "of the platform",
    "admin_links": "of the platform",
    "admin_login_audit_logs": "of the platform",
    "admin_refresh_tokens": "of the platform",
    "admin_sessions": "of the platform",
    "admins": "of the platform",
    "coupon_bulk_operations": "of the platform",
    "support_agents": "of the platform",
    "support_assignment_rules": "of the platform",
    "support_canned_responses": "of the platform",
}
READABLE = {  # for everybody's functions, which cannot write them
    "platform_settings": "how companies are approved",
    "sla_rules": "what tickets are promised",
    "support_calendars": "when the support desk is open",
}
WITHOUT_TENANT_ID = UNPROTECTED | {
    **{name: reason for name, reason in OF_ADMINS.items() if name != "admin_audit_logs"},
    **READABLE,
    "tenants": "its id is the tenant",
    "users": "found through tenant_users",
}
ACROSS_TENANTS = {  # operations and jobs that may see every tenant's rows, and why
    "admins/job_prune_admin_sessions": "an admin has no tenant",
    "admins/log_in": "an admin has no tenant",
    "admins/log_in_with_factor": "an admin's, who is known only from the challenge",
    "admins/make_admin": "an admin has no tenant",
    "admins/refresh_admin_tokens": "an admin has no tenant",
    "admins/send_login_code": "an admin's, who is known only from the challenge",
    "admins/set_admin_password": "an admin has no tenant",
    "coupons/job_expire_coupons": "coupons are the platform's, and only its own people and jobs change them",
    "coupons/on_coupon_bulk_started": "the same; it is an admin who asked for it",
    "identity/forgot_password": "the tenant is known only from the address it looks up",
    "identity/job_prune_sessions": "deletes what has ended, of everybody",
    "identity/refresh_tokens": "the tenant is known only from the token it looks up",
    "identity/reset_password": "the tenant is known only from the token it looks up",
    "identity/reopen_tenant": "the tenant is known only from the link it looks up",
    "identity/send_sign_in_code": "the tenant is known only from the challenge it looks up",
    "identity/sign_in": "the tenant is known only from the address it looks up",
    "identity/sign_up": "makes the tenant",
    "identity/verify_second_factor": "the tenant is known only from the challenge it looks up",
    "identity/verify_email": "the tenant is known only from the token it looks up",
    "impersonation/end_impersonation": "an admin's, who asks for it in a user's name too; it writes the admins' log",
    "members/accept_invite": "moves the caller from one tenant to another",
    "members/remove_member": "moves a member into a tenant of his own",
    "onboarding/job_remind_onboarding": "reminds the owners of everybody's companies",
    "onboarding/submit_onboarding": "mails the admins who decide; its queries name the tenant",
    "platform/job_prune_expired": "deletes what has expired, of everybody",
    "platform/job_relay_outbox": "sends the events of everybody",
    "support/job_announce_awaited_files": "asks for the files of everybody's tickets",
    "support/judge_uploaded_files": "an event names files of several tenants",
    "support/job_assign_waiting": "agents are the platform's, and work on everybody's tickets",
    "support/job_close_resolved": "closes the tickets of everybody",
    "support/job_drop_unnamed_attachments": "drops what no message names, whosever it is",
    "support/job_return_silent": "agents are the platform's, and work on everybody's tickets",
    "support/on_ticket_created": "the same; it assigns what waits, whosever it is",
    **{
        f"support/{stem}": "mails the platform's staff too, whom no tenant's function sees"
        for stem in (
            "mail_sla_breached",
            "mail_sla_warning",
            "mail_ticket_assigned",
            "mail_ticket_closed",
            "mail_ticket_created",
            "mail_ticket_escalated",
            "mail_ticket_reply",
            "mail_ticket_resolved",
        )
    },
    "support/job_sweep_sla": "tells of the late tickets of everybody",
    "support/on_sla_changed": "a rule is the platform's, and promises something to everybody",
    "support/judge_attachments": "judges files of notes between staff too, which no tenant's function sees",
    "support/rate_by_link": "the tenant is known only from the link it looks up",
    "support/unsubscribe": "the tenant is known only from the user whom the link names",
    "tenancy/job_erase_tenants": "erases tenants whose grace is over",
}
MOVES = {
    "members/accept_invite",
    "members/remove_member",
    "onboarding/submit_onboarding",
}  # their queries name the tenants
MANY_TABLES = 15


def tables_of_the_code() -> dict[str, Table]:
    for path in sorted((ROOT / "shared/domains").glob("*/tables.py")):
        importlib.import_module(f"shared.domains.{path.parent.name}.tables")
    return dict(metadata.tables)


def tables_of_the_database(database: Database) -> list[str]:
    found = database.run("select tablename from pg_tables where schemaname = 'public' order by 1")
    return [str(name) for [name] in found]


def columns(database: Database, table: str) -> dict[str, str]:
    found = database.run(
        "select attname, format_type(atttypid, atttypmod) from pg_attribute"
        " where attrelid = cast(:name as regclass) and attnum > 0 and not attisdropped",
        name=table,
    )
    return {str(name): str(kind) for name, kind in found}


# Tables


def test_the_code_knows_every_table_and_no_other(database: Database) -> None:
    known = set(tables_of_the_code()) | {"alembic_version"}
    assert known == set(tables_of_the_database(database))
    assert len(known) > MANY_TABLES


@pytest.mark.parametrize("name", sorted(tables_of_the_code()))
def test_a_table_of_the_code_is_that_of_the_database(database: Database, name: str) -> None:
    table = tables_of_the_code()[name]
    declared = {column.name: type_name(column.type) for column in table.columns}
    assert declared == columns(database, name)
    key = database.run(
        "select attname from pg_index join pg_attribute on attrelid = indrelid and attnum = any (indkey)"
        " where indrelid = cast(:name as regclass) and indisprimary",
        name=name,
    )
    assert {column.name for column in table.primary_key} == {row[0] for row in key}


def type_name(kind: Any) -> str:
    """As PostgreSQL prints it."""
    written = kind.compile(dialect=postgresql.dialect()).lower().replace(", ", ",")
    return {"varchar": "character varying"}.get(written, str(written))


def test_every_table_has_a_tenant_or_a_reason(database: Database) -> None:
    without = {name for name in tables_of_the_database(database) if "tenant_id" not in columns(database, name)}
    assert without == set(WITHOUT_TENANT_ID)


def test_every_table_has_forced_row_level_security_or_a_reason(database: Database) -> None:
    unprotected = database.run("""
        select relname from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'm', 'f')
            and not (relrowsecurity and relforcerowsecurity)
    """)
    assert {row[0] for row in unprotected} == set(UNPROTECTED)


def test_every_policy_binds_app_to_its_tenant_and_lets_only_staff_see_all(database: Database) -> None:
    found = database.run("""
        select tablename, policyname, roles::text, permissive, cmd, qual, with_check from pg_policies
        where schemaname = 'public'
    """)
    policies = {(str(table), str(name)): rest for table, name, *rest in found}
    protected = set(tables_of_the_database(database)) - set(UNPROTECTED)
    assert set(policies) == {(table, name) for table in protected for name in ("tenant", "staff")}
    for (table, name), (roles, permissive, command, admits, check) in policies.items():
        assert (permissive, command, check) == ("PERMISSIVE", "ALL", None)  # the check is the condition itself
        if name == "staff":
            assert (roles, admits) == ("{app_staff}", "true")
        else:
            assert roles == "{app}"
            named = "app.tenant_id" in str(admits) or (table == "users" and "tenant_users" in str(admits))
            assert named or (table in READABLE and admits == "true") or (table in OF_ADMINS and admits == "false")


def test_there_are_no_views_or_functions_that_run_with_their_owners_rights(database: Database) -> None:
    assert database.run("select viewname from pg_views where schemaname = 'public'") == []
    assert database.run("select proname from pg_proc where prosecdef and pronamespace = 'public'::regnamespace") == []


def test_a_tenant_without_rows_and_nobody_see_nothing_anywhere(database: Database, owner: Client) -> None:
    protected = set(tables_of_the_database(database)) - set(UNPROTECTED) - set(READABLE)
    filled = [name for name in sorted(protected) if database.run(f"select from {name} limit 1")]
    assert {"tenants", "users", "tenant_users", "user_sessions", "refresh_tokens", "outbox"} <= set(filled)
    belongs = {name: "true" if name in WITHOUT_TENANT_ID else "tenant_id is not null" for name in filled}
    with db.reading(Scope(uuid4())) as connection:
        for name in filled:
            assert connection.execute(f"select from {name}").row_count == 0, name
    with db.reading(Scope()) as connection:  # who has no tenant sees the events that have none
        for name in filled:
            assert connection.execute(f"select from {name} where {belongs[name]}").row_count == 0, name


# Roles


def test_the_roles_of_the_functions_have_no_special_rights(database: Database) -> None:
    found = database.run("""
        select rolname, rolcanlogin from pg_roles
        where rolname in ('app', 'app_staff')
            and not (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication)
        order by rolname
    """)
    assert found == [["app", True], ["app_staff", False]]


def test_app_takes_the_staffs_rights_only_when_it_says_so(database: Database) -> None:
    """Membership without inheritance: the policies of staff do not apply to app by themselves."""
    found = database.run("""
        select roleid::regrole::text, inherit_option, set_option, admin_option from pg_auth_members
        where member = 'app'::regrole
    """)
    assert found == [["app_staff", False, True, False]]
    assert database.run("select 1 from pg_auth_members where member = 'app_staff'::regrole") == []


def test_the_roles_of_the_functions_own_nothing(database: Database) -> None:
    found = database.run("""
        select classid::regclass::text, objid from pg_shdepend
        where deptype = 'o' and refobjid in ('app'::regrole, 'app_staff'::regrole)
    """)
    assert found == []


def test_the_roles_of_the_functions_have_rows_to_work_with_and_nothing_else(database: Database) -> None:
    granted = database.run("""
        select distinct privilege_type from information_schema.role_table_grants
        where grantee in ('app', 'app_staff') and table_schema = 'public' order by 1
    """)
    assert [row[0] for row in granted] == ["DELETE", "INSERT", "SELECT", "UPDATE"]
    for role in ("app", "app_staff", "public"):
        assert database.run(f"select has_schema_privilege('{role}', 'public', 'create')") == [[False]]
        assert database.run(f"select has_table_privilege('{role}', 'alembic_version', 'select')") == [[False]]


# Who looks across tenants


def test_only_these_operations_and_jobs_look_across_tenants() -> None:
    found = {function.name for function in functions() if function.spec.across_tenants}
    print("across tenants:", *sorted(found))
    assert found == set(ACROSS_TENANTS)


def test_an_operation_that_looks_across_tenants_takes_nobodys_token() -> None:
    """A signed-in user's request never runs with the staff's rights, but where he or another changes tenants, or the
    platform's own people are told."""
    for function in functions():
        if function.spec.across_tenants and hasattr(function.spec, "public") and function.name not in MOVES:
            assert function.spec.public or function.spec.audience == "admin", function.name


def test_a_tenants_rows_are_found_by_index(database: Database) -> None:
    """A policy that joins the tenant to anything by OR would make each statement walk through every tenant's rows."""
    database.run(
        "insert into tenants (id, name, time_zone, currency, created_at)"
        " select gen_random_uuid(), 'Neighbour', 'UTC', 'INR', timestamptz '2026-01-01' from generate_series(1, 200)"
    )
    database.run(
        "insert into party_profiles (id, tenant_id, person_name, created_at)"
        " select gen_random_uuid(), id, 'Somebody', created_at from tenants, generate_series(1, 50)"
    )
    database.run("analyze party_profiles")
    tenant = UUID(str(database.run("select id from tenants where name = 'Neighbour' limit 1")[0][0]))
    with db.reading(Scope(tenant)) as connection:
        plan = connection.execute("explain select person_name from party_profiles where deleted_at is null").rows
    assert any("Index Cond" in line and "tenant_id" in line for [line] in plan or ()), plan
