"""An article as it is read: segments, marks, speakers, versions, and what stands around a place."""

from interface.rendering.reading.neighbours import Neighbours, neighbours_html
from interface.rendering.reading.view import SourceView, view_article, view_source

__all__ = ["Neighbours", "SourceView", "neighbours_html", "view_article", "view_source"]
