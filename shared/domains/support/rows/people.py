"""Rows of who is mailed, and who wants to be."""

from typing import NamedTuple
from uuid import UUID


class PreferenceRow(NamedTuple):
    event: str
    email: bool


class PersonRow(NamedTuple):
    """Somebody who may be told of a ticket, and what he is told of it."""

    part: str  # requester, who wants this mail; assignee; desk, who works on tickets; super_admin
    id: UUID
    email: str
    full_name: str
    number: str
    subject: str
    priority: str
    company_name: str
