"""How a server answers, and to whom."""

import ipaddress
from dataclasses import dataclass

MOST_EXPLAINED = 100
"""Rows of a request of which it can be told what moved their predictions."""


@dataclass(frozen=True)
class Settings:
    """What the command line says; the rest is the same for everybody."""

    host: str = "127.0.0.1"
    port: int = 8000
    """0: any that is free."""
    token: str = ""
    """What a request has to know; empty: nothing."""
    language: str = "auto"
    """``en`` or ``zh`` for everybody, or ``auto`` for what each browser asks for."""
    most_rows: int = 100_000
    """Of a request."""
    most_bytes: int = 16 << 20
    """Of a request's body."""
    seconds: float = 30.0
    """That a request may be worked on."""

    @property
    def is_local(self) -> bool:
        """Whether nobody but this machine can ask."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether a name or an address is that of the machine itself."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
