"""Addresses of callers, as the gateway gives them."""


def plain(client_ip: str) -> str:
    """The address as PostgreSQL's inet reads it, an IPv4 address even where IPv6 carries it; "" for none at all."""
    from ipaddress import IPv6Address, ip_address

    try:
        address = ip_address(client_ip)
    except ValueError:
        return ""
    return str((isinstance(address, IPv6Address) and address.ipv4_mapped) or address)


def network(client_ip: str) -> str:
    """What counts as one caller: an IPv4 address, or the /64 of an IPv6 address (a household has that many)."""
    if ":" not in client_ip:
        return client_ip
    from ipaddress import IPv6Address

    try:
        address = IPv6Address(client_ip)
    except ValueError:
        return client_ip
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return f"{IPv6Address(int(address) >> 64 << 64)}/64"
