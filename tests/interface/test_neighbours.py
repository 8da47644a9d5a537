"""The passages beside a citation, and the routes that the reader asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Article, Furniture, Span, passages_of, text_sha256
from index import SearchIndex
from interface.live import LiveIndex
from interface.page.source_routes import MOST_MARKS, add_source_routes
from interface.rendering import neighbours_html
from interface.rendering.reading.neighbours import spans_around
from tests.hash_encoder import HashEncoder
from tests.retrieval.invented import SPOTTERS_IN_PELLBROOK, TOWN_TEXTS

PELLBROOK = Article("pellbrook", SPOTTERS_IN_PELLBROOK)
PASSAGES = [passage.span for passage in passages_of(PELLBROOK)]
LIBRARY = text_sha256(TOWN_TEXTS["news/library"])
NOT_HERE = {"detail": "This link fits no article of the collection."}


def test_the_neighbours_of_a_passage_are_the_passages_beside_it() -> None:
    """Whole, and none before the first and behind the last."""
    for number, span in enumerate(PASSAGES):
        before = PASSAGES[number - 1] if number else None
        after = PASSAGES[number + 1] if number + 1 < len(PASSAGES) else None
        assert spans_around(PELLBROOK, span) == (before, after)


def test_a_sentence_has_the_rest_of_its_passage_around_it() -> None:
    """Nothing between the sentence and what is shown is left out."""
    passage = next(iter(passages_of(PELLBROOK)))
    first, second, *_, last = passage.sentences
    assert spans_around(PELLBROOK, second) == (
        first, Span(passage.sentences[2].start, last.end),
    )  # fmt: skip


def test_furniture_is_no_neighbour() -> None:
    """A headline above a passage is not quoted as what stands before it."""
    article = Article(
        "a", "Mill opens\n\nRain fell all day.", furniture=(Furniture(Span(0, 10), "headline"),)
    )
    assert spans_around(article, Span(12, 30)) == (None, None)


@settings(deadline=None)  # a busy machine is no fault
@given(st.integers(0, len(SPOTTERS_IN_PELLBROOK) - 1), st.integers(1, 900))
def test_neighbours_never_overlap_the_place(start: int, length: int) -> None:
    """Whatever place a link names, they end before it and begin behind it."""
    place = Span(start, min(start + length, len(SPOTTERS_IN_PELLBROOK)))
    before, after = spans_around(PELLBROOK, place)
    assert before is None or before.end <= place.start
    assert after is None or after.start >= place.end


def test_a_neighbour_is_quoted_with_a_link_of_its_own(town_index: SearchIndex) -> None:
    """Word for word, with whose words they are told apart."""
    text = TOWN_TEXTS["news/library"]
    start = text.index("The saving")
    end = text.index(" a year.") + len(" a year.")
    around = neighbours_html(town_index, "news/library", LIBRARY, start, end)
    assert around is not None
    assert around.before is not None
    assert around.after is not None
    assert unescape(re.sub("<[^>]+>", "", around.before)) == (
        text[: start - 1] + "In the article Library to close on Mondays, at the passage before"
    )
    assert f'href="#source/news%2Flibrary@{LIBRARY}/0-{start - 1}"' in around.before
    quoted = "Forty people come on a Monday, and most of them are at school."
    assert f'<span class="words">{quoted}</span>' in around.after


@pytest.fixture(scope="module")
def client(town_index: SearchIndex) -> Iterator[TestClient]:
    """The routes alone, over the town."""
    live = LiveIndex(SearchIndex(town_index.index), HashEncoder())
    application = FastAPI()
    add_source_routes(application, live)
    with TestClient(application) as client:
        yield client
    live.close()


def test_a_source_comes_with_the_other_places_that_it_has(client: TestClient) -> None:
    """`also` may be given often; what is no place is left out."""
    asked: dict[str, Any] = {
        "article": "news/library", "sha256": LIBRARY, "start": 9, "end": 16,
        "also": ["0-8", "17-21", "x-9", "3", "", "8-3", "0-99999", "٣-٩", "1-" + "9" * 400],
    }  # fmt: skip
    view = client.get("/source", params=asked).json()
    assert "".join(each["text"] for each in view["segments"]) == TOWN_TEXTS["news/library"]
    assert [mark["address"].rpartition("/")[2] for mark in view["marks"]] == [
        "0-8", "9-16", "17-21",
    ]  # fmt: skip
    assert view["cited"] == 2


def test_an_article_is_opened_by_its_id(client: TestClient) -> None:
    """In its current version, or the one that is named."""
    view = client.get("/article", params={"article": "tram"}).json()
    assert "".join(each["text"] for each in view["segments"]) == TOWN_TEXTS["tram"]
    named = {"article": "tram", "sha256": text_sha256(TOWN_TEXTS["tram"])}
    assert client.get("/article", params=named).json() == view


def test_neighbours_are_null_where_the_article_ends(client: TestClient) -> None:
    """A text of one passage has nothing around it."""
    text = TOWN_TEXTS["tram"].strip()
    asked: dict[str, Any] = {
        "article": "tram",
        "sha256": text_sha256(TOWN_TEXTS["tram"]),
        "start": 0,
    }
    answer = client.get("/neighbours", params=asked | {"end": len(text)})
    assert answer.json() == {"before": None, "after": None}


@pytest.mark.parametrize("route", ["source", "neighbours", "article"])
@pytest.mark.parametrize(
    "change",
    [{"sha256": "0" * 64}, {"sha256": ""}, {"article": "no/such"}, {"article": "tram"}],
    ids=["unknown version", "no version", "unknown article", "version of another article"],
)
def test_a_link_that_fits_nothing_is_not_found(
    client: TestClient, route: str, change: dict[str, str]
) -> None:
    """404 and a sentence."""
    asked: dict[str, Any] = {
        "article": "news/library",
        "sha256": LIBRARY,
        "start": 0,
        "end": 8,
    } | change
    answer = client.get(f"/{route}", params=asked)
    assert (answer.status_code, answer.json()) == (404, NOT_HERE)


@pytest.mark.parametrize("route", ["source", "neighbours"])
@pytest.mark.parametrize(
    ("start", "end"), [(5, 5), (6, 5), (-1, 5), (0, 10**9), (10**40, 10**41)]
)  # fmt: skip
def test_a_place_outside_the_text_is_not_found(
    client: TestClient, route: str, start: int, end: int
) -> None:
    """However far outside."""
    asked: dict[str, Any] = {
        "article": "news/library",
        "sha256": LIBRARY,
        "start": start,
        "end": end,
    }
    answer = client.get(f"/{route}", params=asked)
    assert (answer.status_code, answer.json()) == (404, NOT_HERE)


@pytest.mark.parametrize(
    "change", [{"start": "x"}, {"end": ""}, {"also": ["0-1"] * (MOST_MARKS + 1)}]
)
def test_what_is_no_request_is_refused(client: TestClient, change: dict[str, Any]) -> None:
    """Offsets are numbers, and so many places are no answer."""
    asked: dict[str, Any] = {
        "article": "news/library",
        "sha256": LIBRARY,
        "start": 0,
        "end": 8,
    } | change
    assert client.get("/source", params=asked).status_code == 422


def test_an_earlier_version_has_neighbours_too(tmp_path: Path) -> None:
    """Cut from the text that was cited."""
    from index import build_index

    mill = tmp_path / "c" / "mill.txt"
    mill.parent.mkdir()
    old = "The mill opens in May. It will grind rye."
    mill.write_text(old)
    build_index(mill.parent, tmp_path / "index", None)
    mill.write_text("The mill has opened.")
    build_index(mill.parent, tmp_path / "index", None)
    index = SearchIndex(tmp_path / "index")
    around = neighbours_html(index, "mill", text_sha256(old), 0, 22)
    index.close()
    assert around is not None
    assert around.before is None
    assert around.after is not None
    assert "It will grind rye." in around.after
