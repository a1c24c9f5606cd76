"""Get no more mails of a kind, by the link in one of them: from its page, or by one click of a mail program (RFC 8058).

The link works at any time and as often as one likes.
"""

from shared.core.files import Anything
from shared.domains.support.schemas.preferences import UnsubscribePage, UnsubscribeToken
from shared.domains.support.service import preferences
from shared.entry.http import Api

api = Api(public=True, across_tenants=True, needs=("session_secret",))
NOTHING = Anything(b"")


@api.post("/api/public/unsubscribe/{token}")
def unsubscribe(token: UnsubscribeToken, said: Anything = NOTHING) -> UnsubscribePage:
    return preferences.unsubscribe(api.call, token)


handler = api.handler
