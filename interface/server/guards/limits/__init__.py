"""How much is read, worked on, and held at once."""

from interface.server.guards.limits.admission import AT_ONCE, WAITING, AdmissionControl
from interface.server.guards.limits.bodies import BoundedBodies
from interface.server.guards.limits.clients import FairShare

__all__ = ["AT_ONCE", "WAITING", "AdmissionControl", "BoundedBodies", "FairShare"]
