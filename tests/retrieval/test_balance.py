"""Who is heard in a passage, as keys that count against each other."""

from __future__ import annotations

from index import SearchIndex
from retrieval.choosing.balance import heard_in
from retrieval.choosing.selection import Candidate, Report
from retrieval.ranking.reading import Reading
from tests.retrieval.conftest import Indexed


def reports(index: SearchIndex) -> dict[str, Report]:
    """One for the first passage of each article."""
    found = {}
    for entry in index.catalogue.entries():
        row = entry.rows.start
        reading = Reading(index.passage(row), frozenset(), frozenset(), 0.5, (0.5,), 0.5, None, ())
        copies = index.catalogue.cluster(entry.article_id)
        found[entry.article_id] = Report(
            Candidate(row, reading, "related", copies[0] if copies else ""), ()
        )
    return found


def test_a_passage_is_heard_with_its_outlet_and_its_text(town: SearchIndex) -> None:
    """A brief's outlet is its original's, an unknown one is none, and a copy is heard with the
    outlet of the earliest too."""
    by_article = reports(town)
    heard = heard_in(by_article.values(), town)
    sources = {row: {key for key in keys if "speaker" not in key} for row, keys in heard.items()}
    assert {name: sources[report.candidate.row] for name, report in by_article.items()} == {
        "barrier": {"cluster:barrier"},
        "board": {"cluster:board", "outlet:wardens board"},
        "ferry": {"cluster:ferry", "outlet:skerry herald"},
        "ferry-again": {"cluster:ferry", "outlet:skerry herald", "outlet:wexcombe courier"},
        "news/library": {"cluster:news/library", "outlet:wexcombe courier"},
        "tram": {"cluster:tram", "outlet:marlow bay post"},
    }


def test_whoever_speaks_in_a_passage_is_heard_too(indexed: Indexed) -> None:
    """By the number of the person, so that one name in two articles is one."""
    said = "“{} is late,” Hester Quill said, {}."
    index = indexed({"a.txt": f"A\n\n{said.format('It', 'again')}", "b.txt": "B\n\nNobody spoke."})
    by_article = reports(index)
    heard = heard_in(by_article.values(), index)
    (person,) = index.catalogue.people_named("Hester Quill")
    assert heard[by_article["a"].candidate.row] == {"cluster:a", f"speaker:{person}"}
    assert heard[by_article["b"].candidate.row] == {"cluster:b"}
