"""Admins as their own clients."""

from functools import cache

from tests.support import lambdas
from tests.support.client import PASSWORD, Answer, Client, Transport, in_process, new_email
from tests.support.database import Database

ROLES = ("super_admin", "support_staff", "support_viewer", "marketing_staff", "finance_admin")


def log_in(admin: Client, **more: str) -> Answer:
    """Again, with the password."""
    given = {"email": admin.account["admin"]["email"], "password": PASSWORD, **more}
    return Client(admin.transport).post("/api/admin/login", given)


def new_admin(database: Database, role: str = "super_admin", transport: Transport = in_process) -> Client:
    """A new admin of this role, logged in. His row is written here; how admins are made is tested where they are."""
    email = new_email()
    database.run(
        "insert into admins (id, email, full_name, password_hash, role, granted, created_at)"
        " values (gen_random_uuid(), :email, 'Nikhil Rao', :hash, :role, '{}', now())",
        email=email, hash=password_hash(), role=role,
    )  # fmt: skip
    return logged_in(Client(transport, account={"admin": {"email": email}}))


def logged_in(admin: Client) -> Client:
    """The same admin in a new session."""
    answer = log_in(admin)
    assert answer.status == 200, answer.body
    return Client(admin.transport, answer.json["access_token"], answer.json)


@cache
def password_hash() -> str:
    """Of PASSWORD, as cheap as the tests have it everywhere."""
    from shared.core import passwords

    return passwords.hash(PASSWORD)


def make_admin(email: str) -> dict[str, str]:
    """The answer of the Lambda that makes a super admin, invoked by hand: his address and his link."""
    made: dict[str, str] = lambdas.spec("admins", "make_admin").handle({"email": email}, lambdas.Context())
    return made
