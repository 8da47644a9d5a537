"""The lists that the page asks for, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from index import SearchIndex, build_index
from interface.live import LiveIndex
from interface.page.listing_routes import add_listing_routes
from interface.rendering import articles_html, speakers_html
from interface.server.errors import add_error_handlers
from retrieval import list_articles, list_speakers
from tests.retrieval.debate import DEBATE


@pytest.fixture(scope="module")
def debate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    folder = tmp_path_factory.mktemp("debate")
    for name, content in DEBATE.items():
        (folder / name).write_text(content)
    build_index(folder, folder / ".onrecord", None)
    index = SearchIndex(folder / ".onrecord")
    yield index
    index.close()


@pytest.fixture(scope="module")
def client(debate: SearchIndex) -> Iterator[TestClient]:
    application = FastAPI()
    add_error_handlers(application)
    live = LiveIndex(SearchIndex(debate.index), None)
    add_listing_routes(application, live)
    with TestClient(application) as opened:
        yield opened
    live.close()


def test_articles_come_as_a_table(client: TestClient, debate: SearchIndex) -> None:
    """All, the newest first; or those that were searched, as they were sorted."""
    assert client.get("/page/articles").json() == {"html": articles_html(list_articles(debate))}
    answer = client.get("/page/articles?words=pier+skerry&by=title&down=0&page=1")
    listed = list_articles(debate, words="pier skerry", order="title", descending=False)
    assert [entry.article_id for entry in listed.entries] == ["herald"]
    assert answer.json() == {"html": articles_html(listed)}


def test_speakers_come_as_a_table(client: TestClient, debate: SearchIndex) -> None:
    """All, or those of a name; that there is nobody of it is no error."""
    everybody = list_speakers(debate, limit=100)
    assert client.get("/page/speakers").json() == {"html": speakers_html(everybody)}
    assert client.get("/page/speakers?name=+").json() == {"html": speakers_html(everybody)}
    name = everybody.people[0].person.title
    found = client.get("/page/speakers", params={"name": name.upper()}).json()["html"]
    assert f"</span>{name}</a>" in found
    nobody = client.get("/page/speakers?name=Zebedee")
    assert nobody.status_code == 200
    assert "Nobody named Zebedee speaks in this collection." in nobody.json()["html"]


def test_a_speaker_of_the_table_can_be_filtered_by(debate: SearchIndex) -> None:
    """Whom the table calls so, the filter finds, those too who have no name."""
    for known in list_speakers(debate, limit=100).people:
        assert list_speakers(debate, known.person.title, limit=1).total >= 1


def test_filters_are_offered_what_there_is(client: TestClient, debate: SearchIndex) -> None:
    """Publishers in order, those of originals too; speakers, the most quoted first."""
    choices = client.get("/page/choices").json()
    assert choices["publishers"] == [
        "On the Record (brief)", "Pier Gazette", "Skerry Herald", "Wexcombe Courier",
        "Wexcombe Post",
    ]  # fmt: skip
    people = list_speakers(debate, limit=500).people
    assert choices["speakers"] == [known.person.title for known in people]
    assert client.get("/page/choices").json() == choices


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("articles?page=0", "“page” must be at least 1."),
        ("articles?page=x", "“page” must be a whole number."),
        ("articles?page=99999999", "“page” must be at most 1,000,000."),
        ("articles?page=2", "There is one page of these articles, so none with the number 2."),
        ("articles?down=perhaps", "“down” must be true or false."),
        (f"articles?words={'x' * 201}", "“words” is longer than 200 characters."),
        (f"speakers?name={'x' * 201}", "“name” is longer than 200 characters."),
    ],
)
def test_what_cannot_be_listed_is_told(client: TestClient, asked: str, told: str) -> None:
    """In a sentence that says what to give instead."""
    answer = client.get(f"/page/{asked}")
    assert (answer.status_code, answer.json()) == (422, {"detail": told})


def test_an_order_that_there_is_not_is_told(client: TestClient) -> None:
    """With those that there are, and without what was sent."""
    answer = client.get("/page/articles?by=secret")
    assert answer.status_code == 422
    assert "'date', 'title', 'publisher', 'words' or 'passages'" in answer.json()["detail"]
    assert "secret" not in answer.text


def test_a_damaged_catalogue_is_told_without_a_path(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The page says that nothing can be listed; the log says what is wrong."""
    (tmp_path / "pier.txt").write_text("The pier opens on Friday.")
    build_index(tmp_path, tmp_path / "index", None)
    live = LiveIndex(SearchIndex(tmp_path / "index"), None)
    application = FastAPI()
    add_error_handlers(application)
    add_listing_routes(application, live)
    with live.reading() as index:
        index.catalogue.close()
    with TestClient(application) as client:
        for asked in ("articles", "speakers", "choices"):
            answer = client.get(f"/page/{asked}")
            assert answer.status_code == 503
            assert str(tmp_path) not in answer.text
    live.close()
    assert str(tmp_path) in caplog.text
