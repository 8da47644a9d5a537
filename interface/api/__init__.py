"""For programs: questions, mentions, checks and articles as JSON over HTTP."""

from interface.api.description import add_description_route
from interface.api.routes import add_api_routes

__all__ = ["add_api_routes", "add_description_route"]
