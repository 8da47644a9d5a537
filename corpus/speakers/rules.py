"""What a person says of the names in a collection: `speakers.toml`, in its folder.

It joins names that are one person's, and parts people who have one name; see docs/speakers.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError
from corpus.quotations import Speaker
from corpus.speakers.names import called, folded_name

RULES_FILE = "speakers.toml"
# Ten thousand rules; every manifest has them all.
LARGEST_RULES_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Parted:
    """In these articles, whoever bears the name is another person than elsewhere."""

    name: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameRules:
    """joined: each the names of one person or body, at least one; all who bear them are one,
        whatever their roles.
    parted: goes before `joined`. No name is parted twice in one article.
    """

    joined: tuple[tuple[str, ...], ...] = ()
    parted: tuple[Parted, ...] = ()

    def __bool__(self) -> bool:
        return self != NameRules()

    def fields(self) -> dict[str, Any]:
        """As they stand in the file, for `rules_from`."""
        return {
            "join": [{"names": list(names)} for names in self.joined],
            "part": [{"name": each.name, "articles": list(each.articles)} for each in self.parted],
        }

    def unused(self, spoken: Iterable[tuple[str, Speaker]]) -> list[str]:
        """A sentence for each name, and each article, that a rule names in vain.

        spoken: (article_id, speaker) of the whole collection.
        """
        borne = {(article_id, called(speaker)) for article_id, speaker in spoken}
        names = {name for _, name in borne}
        return [
            f"joins {name}, but nobody of exactly this name speaks in the collection"
            for joined in self.joined
            for name in joined
            if folded_name(name) not in names
        ] + [
            f"parts {each.name} in {article_id}, but nobody of exactly this name speaks there"
            for each in self.parted
            for article_id in each.articles
            if (article_id, folded_name(each.name)) not in borne
        ]


def read_name_rules(collection: Path) -> NameRules:
    """The rules in the folder of a collection; none where there is no such file.

    Raises CorpusError where the file cannot be read or is not understood.
    """
    path = collection / RULES_FILE
    try:
        if path.exists() and not path.is_file():
            raise CorpusError(_broken(path, "is not a regular file"))
        with path.open("rb") as file:
            data = file.read(LARGEST_RULES_BYTES + 1)
        if len(data) > LARGEST_RULES_BYTES:
            raise CorpusError(_broken(path, f"has more than {LARGEST_RULES_BYTES / 1e6:.0f} MB"))
        content = tomllib.loads(data.decode("utf-8-sig"))
    except FileNotFoundError:
        return NameRules()
    except OSError as error:
        raise CorpusError(
            f"{path} cannot be read: {error.strerror or error}. Check its permissions, or remove "
            "it."
        ) from error
    except UnicodeDecodeError as error:
        raise CorpusError(_broken(path, f"is no UTF-8 at byte {error.start}")) from error
    except (ValueError, RecursionError) as error:  # tomllib names line and column
        raise CorpusError(_broken(path, f"is not TOML: {error}")) from error
    try:
        return rules_from(content)
    except ValueError as error:
        raise CorpusError(_broken(path, str(error))) from error


def rules_from(content: Mapping[str, Any]) -> NameRules:
    """Raises ValueError for anything that is not such rules; the message goes on after the name of
    the file."""
    _require_only({"join", "part"}, content, "knows [[join]] and [[part]]")
    joined = tuple(
        _texts(table, "names", place) for table, place in _tables(content, "join", {"names"})
    )
    parted = tuple(
        Parted(_text(table.get("name"), "name", place), _texts(table, "articles", place))
        for table, place in _tables(content, "part", {"name", "articles"})
    )
    known: set[tuple[str, str]] = set()
    for each in parted:
        for article_id in set(each.articles):
            if (key := (folded_name(each.name), article_id)) in known:
                raise ValueError(f"parts {each.name} in {article_id} twice; keep one of them")
            known.add(key)
    return NameRules(joined, parted)


def _tables(content: Mapping[str, Any], kind: str, keys: set[str]) -> list[tuple[Any, str]]:
    tables = content.get(kind, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ValueError(f"has {kind} where [[{kind}]], in two pairs of brackets, must stand")
    placed = [(table, f"[[{kind}]] number {at}") for at, table in enumerate(tables, 1)]
    for table, place in placed:
        _require_only(keys, table, f"{place} has {' and '.join(sorted(keys, reverse=True))}")
    return placed


def _require_only(keys: set[str], table: Mapping[str, Any], told: str) -> None:
    for key in table.keys() - keys:
        raise ValueError(f"{told}, and no “{key}”")


def _texts(table: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    values = table.get(key)
    if not isinstance(values, list) or not values:
        raise ValueError(f'{place} needs {key} = ["…", "…"]')
    return tuple(_text(value, key, place) for value in values)


def _text(value: Any, key: str, place: str) -> str:
    if not isinstance(value, str) or not folded_name(value):
        raise ValueError(f"{place} has in {key} what is no text, or an empty one")
    return value


def _broken(path: Path, what: str) -> str:
    return f"{path} {what}. Mend it, or remove it, and build again; nothing was changed."
