"""What a page states about its article for programs: JSON-LD and meta elements."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.extraction.html.characters import shown
from corpus.extraction.html.parsing import Node

_ARTICLE_TYPES = ("Article", "BlogPosting", "Report", "SocialMediaPosting")


@dataclass(frozen=True, slots=True)
class Statements:
    """article: the JSON-LD object of the page's article, empty where there is none or several.
    nodes: other JSON-LD objects, by the @id that objects refer to them with.
    meta: the contents of the meta elements, by name or property in lower case, in order.
    """

    article: Mapping[str, Any]
    nodes: Mapping[str, Mapping[str, Any]]
    meta: Mapping[str, list[str]]

    def names(self, field: str) -> list[str]:
        """The names that the article gives for `field`, such as its authors, without repeats."""
        return list(dict.fromkeys(self._names(self.article.get(field), depth=0)))

    def words(self, field: str) -> str | None:
        """The article's `field` where it is a string."""
        return words_in(self.article.get(field))

    def first_meta(self, *names: str) -> tuple[str, str] | None:
        """Name and content of the first meta element among `names`."""
        return next(((name, self.meta[name][0]) for name in names if name in self.meta), None)

    def _names(self, value: Any, depth: int) -> Iterator[str]:
        if depth > 3:
            return
        if isinstance(value, list):
            for item in value:
                yield from self._names(item, depth + 1)
        elif isinstance(value, dict):
            node: Mapping[str, Any] = value
            if "name" not in value and isinstance(value.get("@id"), str):
                node = self.nodes.get(value["@id"], value)
            yield from self._names(node.get("name"), depth + 1)
        elif words := words_in(value):
            yield words


def statements_of(root: Node, title: str | None) -> Statements:
    """What the page below `root` states; `title` tells which of several articles is its own."""
    nodes = [node for script in root.iter("script") for node in _objects(script)]
    articles = [node for node in nodes if _is_article(node)]
    if len(articles) > 1:
        articles = [a for a in articles if _named(a, title)] or _only_one(articles)
    return Statements(
        article=articles[0] if articles else {},
        nodes={node["@id"]: node for node in reversed(nodes) if isinstance(node.get("@id"), str)},
        meta=_meta(root),
    )


def words_in(value: Any) -> str | None:
    """A string on one line, its character references read; None for anything else."""
    if not isinstance(value, str):
        return None
    return shown(html.unescape(value)).strip() or None


def _objects(script: Node) -> Iterator[dict[str, Any]]:
    """The objects that a JSON-LD script describes the page with. Lists of other pages are not
    followed."""
    kind = (script.get("type") or "").lower()
    if "ld+json" not in kind or not script.text:
        return
    written = script.text.strip().removeprefix("<!--").removesuffix("-->")
    written = written.strip().removeprefix("//<![CDATA[").removesuffix("//]]>")
    try:
        # Real pages have bare newlines inside strings.
        waiting: list[Any] = [json.loads(written, strict=False)]
    except (ValueError, RecursionError):
        return  # a broken statement states nothing, and the page has others
    while waiting:
        found = waiting.pop()
        if isinstance(found, list):
            waiting += reversed(found)
        elif isinstance(found, dict):
            yield found
            waiting += [found[key] for key in ("mainEntity", "@graph") if key in found]


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and kind.endswith(_ARTICLE_TYPES)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _named(article: Mapping[str, Any], title: str | None) -> bool:
    headline = words_in(article.get("headline")) or words_in(article.get("name"))
    return bool(headline and title and headline.casefold() in title.casefold())


def _only_one(articles: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Themes and plug-ins state one article twice; several headlines are several articles."""
    return articles if len({words_in(a.get("headline")) for a in articles}) == 1 else []


def _meta(root: Node) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node in root.iter("meta"):
        content = words_in(node.get("content"))
        for attribute in ("name", "property", "itemprop"):
            for name in (node.get(attribute) or "").lower().split():
                if content:
                    found.setdefault(name, []).append(content)
    return found
