"""The page behind the link of a mail that its recipient can do without; opening it changes nothing."""

from shared.domains.support.schemas.preferences import UnsubscribePage, UnsubscribeToken
from shared.domains.support.service import preferences
from shared.entry.http import Api

api = Api(public=True, database=False, needs=("session_secret",))


@api.get("/api/public/unsubscribe/{token}")
def get_unsubscribe_page(token: UnsubscribeToken) -> UnsubscribePage:
    return preferences.unsubscribe_page(token)


handler = api.handler
