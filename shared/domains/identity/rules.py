"""Pure rules of identity."""

from ipaddress import IPv6Address, ip_address


def network(client_ip: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 of an IPv6 address (a household has that many)."""
    try:
        address = ip_address(client_ip)
    except ValueError:
        return client_ip
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return f"{IPv6Address(int(address) >> 64 << 64)}/64"
    return str(address)
