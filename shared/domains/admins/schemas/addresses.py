"""What goes in and out of operations on the addresses that admins may come from."""

from datetime import datetime
from ipaddress import IPv6Network, ip_address, ip_network
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from shared.core.fields import Input, Line, Shape

MAPPED = 96  # bits before the IPv4 address that an IPv6 address carries (RFC 4291 §2.5.5.2)


def _network(text: str) -> str:
    """As PostgreSQL's cidr prints it; IPv4 even where IPv6 carries it."""
    try:
        network = ip_network(text, strict=False)
        address = ip_address(text.partition("/")[0])
    except ValueError:
        raise PydanticCustomError(
            "refused", "Give an address like 203.0.113.7, or a network like 203.0.113.0/24 or 2001:db8::/32."
        ) from None
    if address != network.network_address:
        raise PydanticCustomError(
            "refused",
            "The address has bits beyond its prefix: give {network}, or {address} alone.",
            {"network": str(network), "address": str(address)},
        )
    if isinstance(network, IPv6Network) and network.prefixlen >= MAPPED and network.network_address.ipv4_mapped:
        return f"{network.network_address.ipv4_mapped}/{network.prefixlen - MAPPED}"
    return str(network)


NetworkAddress = Annotated[
    str,
    Shape(
        r"^[0-9A-Fa-f:.]+(?:/[0-9]{1,3})?$",
        50,
        "Give an address like 203.0.113.7, or a network like 203.0.113.0/24 or 2001:db8::/32.",
    ),
    AfterValidator(_network),
    Field(examples=["203.0.113.0/24"]),
]


class NewAllowedAddress(Input):
    cidr: NetworkAddress
    label: Line = ""
    admin_id: UUID | None = Field(None, description="whom it admits; of everybody unless given")


class AllowedAddressChanges(Input):
    """Only what is given is changed."""

    cidr: NetworkAddress = ""
    label: Line = ""
    enabled: bool = True


class AllowedAddress(BaseModel):
    id: UUID
    cidr: str
    label: str
    admin_id: UUID | None = Field(description="whom it admits; null: everybody")
    enabled: bool
    created_by: UUID
    created_at: datetime
