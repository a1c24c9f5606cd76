"""Addresses of callers, as the gateway gives them."""


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
