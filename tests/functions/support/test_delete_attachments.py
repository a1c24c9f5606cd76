"""functions/support/delete_attachments.py."""

from tests.functions.support.desk import open_ticket
from tests.functions.support.files import attach, store
from tests.functions.support.mails import hear
from tests.support.client import Client, sign_up


def test_the_tenants_files_go_and_others_stay(owner: Client) -> None:
    with store() as shelf:
        other = sign_up()
        attach(owner, open_ticket(owner))
        kept = attach(other, open_ticket(other))
        for _ in range(2):  # the second finds nothing
            hear("delete_attachments", None, {"erased_id": owner.account["tenant"]["id"]})
        found = [key for key in shelf.keys if key.startswith("files/")]
        assert found == [f"files/{other.account['tenant']['id']}/{kept['id']}"]
