"""`onrecord find`: every mention, on the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from index import Filter, SearchIndex
from retrieval import find_mentions, mentions_as_json
from tests.interface.conftest import Command
from tests.retrieval.invented import TOWN_TEXTS

RULE = (
    "Counted are the sentences of the articles' prose that hold all of the words, in any form, "
    'and all "phrases" exactly. Headlines and captions are not counted.\n'
)


def test_mentions_as_text(onrecord: Command, built: Path) -> None:
    """The count, what was searched, and by article each sentence after its place."""
    outcome = onrecord("find", "hull")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        "2 sentences in 2 articles hold “hull”\n"
        "Searched 6 articles, 10 April 2018 to 4 February 2020\n"
        "Newest first\n"
        "\n"
        "Ferry hits rocks in fog\n"
        "    Wexcombe Courier, 4 February 2020 · 1 sentence\n"
        "\n"
        "    ferry-again, characters 127 to 166\n"
        "Divers will look at the hull on Friday.\n"
        "\n"
        "Ferry aground\n"
        "    Skerry Herald, 3 February 2020 · 1 sentence\n"
        "\n"
        "    ferry, characters 127 to 166\n"
        "Divers will look at the hull on Friday.\n"
        "\n"
        f"{RULE}"
        "Quoted word for word from the articles. On the Record shows where words come from; it "
        "does not say whether they are true.\n"
    )


def test_no_mention_is_a_result(onrecord: Command, built: Path) -> None:
    """That nothing is found is said on stdout, with the words that are nowhere, and exits 0."""
    outcome = onrecord("find", "zeppelin", "ferry", '"flood barriers"')
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        "No sentence holds “zeppelin”, “ferry” and exactly “flood barriers” together\n"
        "Searched 6 articles, 10 April 2018 to 4 February 2020\n"
        "The word “zeppelin” occurs nowhere in the collection\n"
        "\n"
        f"{RULE}"
    )


@pytest.mark.parametrize(
    "terms", [("Sedge", "barrier"), ("Sedge barrier",), ('"Sedge Lane" barrier',),
              ("“Sedge Lane”", "barriers")], ids=" ".join,
)  # fmt: skip
def test_terms_may_be_one_argument_or_several(
    onrecord: Command, built: Path, terms: tuple[str, ...]
) -> None:
    """A phrase is what stands in quotation marks that the shell leaves alone."""
    found = onrecord("find", *terms, "--json").json
    assert [group["article"]["article_id"] for group in found["by_article"]] == ["barrier"]
    assert found["sentences"] == 1


def test_mentions_as_json(onrecord: Command, built: Path) -> None:
    """--json prints the documented object; every offset counts in the article's text."""
    index = SearchIndex(Path(".onrecord"))
    expected = mentions_as_json(
        find_mentions("said", index, order="oldest", page=2, on_a_page=2, chosen=Filter("2018"))
    )
    index.close()
    outcome = onrecord("find", "said", "--json", "--oldest", "--page", 2, "-n", 2, "--from", 2018)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.json == json.loads(json.dumps(expected))


def test_json_by_value(onrecord: Command, built: Path) -> None:
    """Each key that docs/mentions.md lists, and no other."""
    found = onrecord("find", '"ran aground" ferries', "--publisher", "Skerry Herald", "--json").json
    text = TOWN_TEXTS["ferry"]
    sentence = text[: text.index(" The harbour")]
    at = {
        word: [text.index(word), text.index(word) + len(word)] for word in ("ferry", "ran aground")
    }
    article = found["by_article"][0]["article"]
    index = found.pop("index")
    assert sorted(index) == ["built", "generation"]
    assert found == {
        "format": 1,
        "terms": '"ran aground" ferries',
        "words": ["ferries"],
        "phrases": ["ran aground"],
        "order": "newest",
        "sentences": 1,
        "articles": 1,
        "page": 1,
        "pages": 1,
        "by_article": [
            {
                "article": article,
                "sentences": 1,
                "before": 0,
                "mentions": [
                    {
                        "text": sentence,
                        "start": 0,
                        "end": len(sentence),
                        "page": None,
                        "words": [at["ferry"], at["ran aground"]],
                    }
                ],
            }
        ],
        "scope": {
            "articles": 1,
            "passages": 1,
            "from": "2020-02-03",
            "to": "2020-02-03",
            "absent_terms": [],
        },
    }
    assert (article["article_id"], article["title"]) == ("ferry", "Ferry aground")


def test_order_and_pages(onrecord: Command, built: Path) -> None:
    """Newest first unless asked otherwise; pages follow each other without gaps."""

    def articles(*options: object) -> list[str]:
        groups = onrecord("find", "said", "--json", *options).json["by_article"]
        return [group["article"]["article_id"] for group in groups]

    assert articles() == ["tram", "board", "news/library", "barrier"]
    assert articles("--newest") == articles()
    assert articles("--oldest") == ["news/library", "board", "tram", "barrier"]
    pages = [articles("-n", 2, "--page", page) for page in (1, 2, 3)]
    assert pages == [["tram"], ["board"], ["news/library", "barrier"]]
    text = onrecord("find", "said", "-n", 2).out
    assert "6 sentences in 4 articles hold “said”\n" in text
    assert "Newest first, page 1 of 3\n" in text
    assert "There is more: --page 2\n" in text


def test_csv_has_every_mention(onrecord: Command, built: Path) -> None:
    """However many stand on a page, the table has all of them, cut from the texts."""
    outcome = onrecord("find", "said", "--csv", "-n", 2)
    assert (outcome.code, outcome.err) == (0, "")
    lines = list(csv.DictReader(io.StringIO(outcome.out, newline="")))
    assert [line["article_id"] for line in lines] == [
        "tram", "tram", "board", "board", "news/library", "barrier",
    ]  # fmt: skip
    for line in lines:
        text = TOWN_TEXTS[line["article_id"]]
        assert line["sentence"] == text[int(line["start"]) : int(line["end"])]
    assert lines[2]["title"] == (
        "Brief by this project about: Our advice to spotters, Wardens Board, 2 May 2019"
    )


def test_filters_that_let_nothing_pass_are_told(onrecord: Command, built: Path) -> None:
    """An empty search is not told as words that stand nowhere."""
    outcome = onrecord("find", "ferry", "--publisher", "No Such Paper")
    assert (outcome.code, outcome.out.splitlines()[1]) == (0, "No article passes these filters")
