"""How a check looks: on a terminal and on the page."""

from interface.rendering.checks.html import check_html
from interface.rendering.checks.terminal import check_text_lines

__all__ = ["check_html", "check_text_lines"]
