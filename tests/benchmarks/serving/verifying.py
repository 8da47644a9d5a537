"""Whether an answer cites what the articles of its generation say, word for word.

The articles are those that the benchmark wrote and read itself: nothing is taken from the index.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from corpus import Article
from tests.benchmarks.serving.asking import Asked

# By the generation that was built of them, and by article id.
Known = Mapping[str, Mapping[str, Article]]

_DETAILS = ("kind", "title", "publisher", "author", "published", "url")


def faults_of(asked: Asked, known: Known) -> list[str]:
    """What is wrong with an answer of status 200; empty where every citation is right."""
    answer = json.loads(asked.body)
    if answer["question"] != asked.question:
        return ["answers another question"]
    articles = known.get(answer["index"]["generation"])
    if articles is None:
        return ["is of a generation that was never published"]
    citations = answer["citations"]
    faults = [fault for citation in citations for fault in _faults_of(citation, articles)]
    if (answer["support"] == "none") != (not citations):
        faults.append(f"says “{answer['support']}” with {len(citations)} citations")
    if [citation["number"] for citation in citations] != list(range(1, len(citations) + 1)):
        faults.append("does not number its citations from 1")
    return faults


def steps_back(answered: Iterable[Asked], published: Sequence[str]) -> int:
    """How often a client got an answer of an older generation than its answer before.

    answered: in the order of the answers. published: generations, oldest first.
    """
    latest: dict[int, int] = {}
    steps = 0
    for asked in answered:
        place = published.index(generation_of(asked))
        steps += place < latest.get(asked.client, 0)
        latest[asked.client] = place
    return steps


def generation_of(asked: Asked) -> str:
    generation: str = json.loads(asked.body)["index"]["generation"]
    return generation


def _faults_of(citation: Mapping[str, Any], articles: Mapping[str, Article]) -> Iterator[str]:
    shown = citation["article"]
    article = articles.get(shown["article_id"])
    if article is None:
        yield f"cites {shown['article_id']}, which the generation has not"
        return
    name, start, end = article.article_id, citation["start"], citation["end"]
    if shown["sha256"] != article.sha256:
        yield f"cites another version of {name}"
        return
    if not citation["text"] or citation["text"] != article.text[start:end]:
        yield f"cites words of {name} that do not stand at {start}-{end}"
    if citation["passage_id"] != f"{article.sha256}:{start}-{end}":
        yield f"names a passage of {name} otherwise than by its text and place"
    if any(shown[detail] != getattr(article.metadata, detail) for detail in _DETAILS):
        yield f"gives other details of {name}"
    if citation["page"] != article.page_at(start):
        yield f"gives another page of {name}"
    if not all(start <= first < last <= end for first, last in citation["highlights"]):
        yield f"highlights what is outside its passage of {name}"
    if not all(_is_inside(article, quotation) for quotation in citation["quotations"]):
        yield f"has a quotation outside {name}"
    if not all(_stands(place, articles) for place in citation["also_in"]):
        yield f"says that words of {name} stand where the generation has none"


def _stands(place: Mapping[str, Any], articles: Mapping[str, Article]) -> bool:
    other = articles.get(place["article_id"])
    return other is not None and other.sha256 == place["sha256"] and _is_inside(other, place)


def _is_inside(article: Article, place: Mapping[str, Any]) -> bool:
    return bool(0 <= place["start"] < place["end"] <= len(article.text))
