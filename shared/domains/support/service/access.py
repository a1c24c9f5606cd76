"""Who sees which tickets.

A user sees his own, owner and admin of a tenant all of it. An admin of the platform who may view all tickets sees all;
another those that are assigned to him and, if he may assign, also those that nobody has or that were escalated; one to
whom none can be assigned, as he only looks, those that anybody has.
"""

from uuid import UUID

from shared.core import permissions
from shared.core.call import Call
from shared.domains.support.rows.agents import Workers
from shared.domains.support.rows.tickets import Desk

RUNS_TENANT = ("owner", "admin")
WORKS = "resolve_ticket"  # the permission of who works on tickets, and so may have some
WORKERS = Workers([role for role, allowed in permissions.ROLES.items() if WORKS in allowed], WORKS)


def requester(call: Call) -> UUID | None:
    """Whose tickets alone the caller sees; None: not only his own, or nobody asks."""
    actor = call.actor
    return None if actor.role in RUNS_TENANT else actor.user_id


def desk(call: Call) -> Desk | None:
    """What an admin sees who does not see everything; None of a user."""
    allowed = call.actor.permissions
    if not call.actor.is_admin or "view_all_tickets" in allowed:
        return None
    return Desk(call.admin_id, queue="assign_ticket" in allowed, watches=WORKS not in allowed)


def caller(call: Call) -> UUID | None:
    """The user or admin; nobody in a job or behind a mailed link."""
    return call.actor.user_id or call.actor.admin_id
