"""functions/tenancy/on_tenant_erased.py."""

from tests.functions.tenancy.archives import deliver, exported, store
from tests.support.client import Client, sign_up


def test_the_tenants_archives_go_and_others_stay(owner: Client) -> None:
    with store() as shelf:
        other = sign_up()
        exported(owner)
        kept = exported(other)
        event = {"erased_id": owner.account["tenant"]["id"]}
        for _ in range(2):  # the second finds nothing
            assert deliver("on_tenant_erased", None, event) == []
        assert shelf.keys == [f"{other.account['tenant']['id']}/{kept}.zip"]
