"""Which mails somebody wants: chosen by himself, or by the link of a mail, which nobody has to sign in for."""

from typing import get_args
from uuid import UUID

from shared.core import keyed
from shared.core.call import Call
from shared.core.errors import NotFound
from shared.domains.support.queries import preferences as queries
from shared.domains.support.schemas.preferences import (
    NotificationChoice,
    NotificationPreferences,
    NotificationPreferencesIn,
    UnsubscribePage,
    Wish,
)

MEANS: dict[Wish, str] = {
    "ticket_created": "that we have got a ticket of yours",
    "ticket_reply": "that there is an answer in a ticket of yours",
    "ticket_resolved": "that a ticket of yours is resolved or closed",
}
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Mails of BoxCostPro</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
    "<body><h1>{title}</h1>{rest}</body></html>\n"
)


def get_preferences(call: Call) -> NotificationPreferences:
    chosen = {row.event: row.email for row in queries.preferences(call.connection, user=call.user_id)}
    wishes: tuple[Wish, ...] = get_args(Wish)
    return NotificationPreferences(**{wish: NotificationChoice(email=chosen.get(wish, True)) for wish in wishes})


def change_preferences(call: Call, given: NotificationPreferencesIn) -> NotificationPreferences:
    choices = {wish: choice["email"] for wish, choice in given.model_dump(exclude_none=True).items()}
    queries.save_preferences(call.connection, user=call.user_id, choices=choices, now=call.now)
    return get_preferences(call)


def unsubscription(user: UUID, wish: Wish) -> str:
    """What the link of a mail says, under our signature."""
    return f"{user} {wish}"


def unsubscribe_page(token: str) -> UnsubscribePage:
    """Asks; opening it changes nothing, as programs that look after mails open every link. NotFound."""
    _, wish = _read(token)
    rest = '<form method="post"><button>No more of these mails</button></form>'
    return _page(f"Do you want no more mails that say {MEANS[wish]}?", rest)


def unsubscribe(call: Call, token: str) -> UnsubscribePage:
    """As often as somebody likes, and for good; NotFound for a token that we did not make."""
    user, wish = _read(token)
    queries.save_preferences(call.connection, user=user, choices={wish: False}, now=call.now)
    rest = "<p>In your account you can choose them again.</p>"
    return _page(f"You get no more mails that say {MEANS[wish]}.", rest)


def _read(token: str) -> tuple[UUID, Wish]:
    said = keyed.read_signed("unsubscribe", token)
    if said is None:
        raise NotFound
    user, wish = said.split(" ")
    return UUID(user), next(known for known in MEANS if known == wish)


def _page(title: str, rest: str) -> UnsubscribePage:
    return UnsubscribePage(PAGE.format(title=title, rest=rest).encode())
