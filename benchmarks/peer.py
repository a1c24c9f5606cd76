"""The peer: the product's list and creation of parties as an ordinary FastAPI application on the same tables.

FastAPI, SQLAlchemy's ORM and psycopg as their documentation shows them: a session per request, the bearer token
verified and its user looked up by a dependency, pydantic models in and out. It connects as a user whom row-level
security does not concern, so it filters by tenant itself.
"""

import base64
import binascii
import hashlib
import json
import os
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated

import jwt
from fastapi import Depends, FastAPI, Header, HTTPException, Query, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, EmailStr, Field
from sqlalchemy import DateTime, ForeignKey, LargeBinary, SmallInteger, create_engine, or_, select, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

SECRET = os.environ.get("PEER_SECRET", "the peer's own secret, of 32 bytes or more")
ALGORITHM = "HS256"

open_session = sessionmaker(expire_on_commit=False)


def connect(url: str) -> None:
    """Use this database from now on."""
    open_session.configure(bind=create_engine(url.replace("postgresql://", "postgresql+psycopg://")))


def now() -> datetime:
    return datetime.now(UTC)


class Base(DeclarativeBase):
    type_annotation_map = {datetime: DateTime(timezone=True)}  # noqa: RUF012


class User(Base):
    __tablename__ = "users"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    email: Mapped[str]
    full_name: Mapped[str]


class Membership(Base):
    __tablename__ = "tenant_users"
    tenant_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"), primary_key=True)
    role: Mapped[str]


class Party(Base):
    __tablename__ = "party_profiles"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    tenant_id: Mapped[uuid.UUID]
    person_name: Mapped[str]
    designation: Mapped[str | None]
    company_name: Mapped[str | None]
    mobile_no: Mapped[str | None]
    email: Mapped[str | None]
    gst_no: Mapped[str | None]
    address: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    deleted_at: Mapped[datetime | None]


class IdempotencyKey(Base):
    __tablename__ = "idempotency_keys"
    tenant_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    operation: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(default=now)
    status: Mapped[int | None] = mapped_column(SmallInteger)
    body: Mapped[str | None]


class PartyIn(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    person_name: Annotated[str, Field(min_length=1, max_length=200)]
    designation: Annotated[str, Field(max_length=300)] | None = None
    company_name: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    mobile_no: Annotated[str, Field(pattern=r"^[+(]?[0-9](?:[ ()./-]{0,3}[0-9]){5,14}$")] | None = None
    email: EmailStr | None = None
    gst_no: Annotated[str, Field(pattern=r"^[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][0-9A-Z]Z[0-9A-Z]$")] | None = None
    address: Annotated[str, Field(max_length=2000)] | None = None


class PartyOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: uuid.UUID
    person_name: str
    designation: str | None
    company_name: str | None
    mobile_no: str | None
    email: str | None
    gst_no: str | None
    address: str | None
    created_at: datetime


class PartyPage(BaseModel):
    items: list[PartyOut]
    next_cursor: str | None


def session() -> Iterator[Session]:
    with open_session() as opened:
        yield opened


SessionOfRequest = Annotated[Session, Depends(session)]


def member(
    session: SessionOfRequest, token: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]
) -> Membership:
    """The signed-in user with tenant and role."""
    try:
        claims = jwt.decode(token.credentials, SECRET, algorithms=[ALGORITHM], audience="user")
    except jwt.InvalidTokenError as reason:
        raise HTTPException(401, "Could not validate credentials") from reason
    found = session.execute(
        select(User, Membership)
        .join(Membership, Membership.user_id == User.id)
        .where(User.id == uuid.UUID(claims["sub"]))
    ).one_or_none()
    if found is None:
        raise HTTPException(401, "Could not validate credentials")
    membership: Membership = found.Membership
    return membership


Member = Annotated[Membership, Depends(member)]

app = FastAPI()


@app.get("/api/parties")
def list_parties(
    member: Member,
    session: SessionOfRequest,
    q: Annotated[str | None, Query(max_length=100)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> PartyPage:
    place = Party.created_at, Party.id
    found = select(Party).where(Party.tenant_id == member.tenant_id, Party.deleted_at.is_(None))
    if q is not None:
        searched = Party.person_name, Party.company_name, Party.mobile_no, Party.email, Party.gst_no
        found = found.where(or_(*(text.icontains(q, autoescape=True) for text in searched)))
    if cursor is not None:
        found = found.where(tuple_(*place) < tuple_(*after(cursor)))
    rows = session.scalars(found.order_by(*(part.desc() for part in place)).limit(limit + 1)).all()
    next_cursor = cursor_of(rows[limit - 1]) if len(rows) > limit else None
    return PartyPage(items=[PartyOut.model_validate(row) for row in rows[:limit]], next_cursor=next_cursor)


@app.post("/api/parties", status_code=201, response_model=PartyOut)
def create_party(
    given: PartyIn,
    member: Member,
    session: SessionOfRequest,
    idempotency_key: Annotated[str | None, Header(min_length=1, max_length=255)] = None,
) -> PartyOut | Response:
    mine = {"tenant_id": member.tenant_id, "user_id": member.user_id, "operation": "POST /api/parties"}
    digest = hashlib.sha256(given.model_dump_json().encode()).digest()
    kept = None
    if idempotency_key:
        kept = IdempotencyKey(**mine, key=idempotency_key, digest=digest)
        session.add(kept)
        try:
            session.flush()
        except IntegrityError:
            session.rollback()
            return replayed(session.get_one(IdempotencyKey, mine | {"key": idempotency_key}), digest)
    party = Party(tenant_id=member.tenant_id, **given.model_dump())
    session.add(party)
    session.flush()
    created = PartyOut.model_validate(party)
    if kept:
        kept.status, kept.body = 201, created.model_dump_json()
    session.commit()
    return created


def replayed(kept: IdempotencyKey, digest: bytes) -> Response:
    if kept.digest != digest:
        raise HTTPException(422, "This idempotency key came with another request")
    return Response(kept.body, kept.status or 500, {"idempotency-replayed": "true"}, "application/json")


def after(cursor: str) -> tuple[datetime, uuid.UUID]:
    try:
        at, id = json.loads(base64.urlsafe_b64decode(cursor))
        return datetime.fromisoformat(at), uuid.UUID(id)
    except (ValueError, TypeError, binascii.Error) as reason:
        raise HTTPException(422, "cursor") from reason


def cursor_of(party: Party) -> str:
    return base64.urlsafe_b64encode(json.dumps([party.created_at.isoformat(), str(party.id)]).encode()).decode()
