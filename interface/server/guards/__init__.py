"""What every request and every response must pass before and after the routes.

Each guard is pure ASGI: it wraps an application and adds nothing to one that it lets through, so
that streams stay streams.
"""

from interface.server.guards.failures import FailuresInWords
from interface.server.guards.gradio_routes import OnlyGradioRoutesInUse
from interface.server.guards.headers import SafeHeaders
from interface.server.guards.limits import (
    AT_ONCE,
    WAITING,
    AdmissionControl,
    BoundedBodies,
    FairShare,
)
from interface.server.guards.origins import OwnOriginOnly
from interface.server.guards.passwords import PasswordRequired
from interface.server.guards.prefix import WithoutPrefix

__all__ = [
    "AT_ONCE",
    "WAITING",
    "AdmissionControl",
    "BoundedBodies",
    "FailuresInWords",
    "FairShare",
    "OnlyGradioRoutesInUse",
    "OwnOriginOnly",
    "PasswordRequired",
    "SafeHeaders",
    "WithoutPrefix",
]
