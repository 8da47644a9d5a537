"""The order of the citations of an answer."""

from __future__ import annotations

from retrieval import ask
from tests.retrieval.conftest import Indexed

DATES = {"march": "2019-03", "first": "2019-03-01", "year": "2018", "undated": None, "new": "2021"}


def test_citations_come_by_the_dates_of_their_articles(indexed: Indexed) -> None:
    """The same passages, numbered anew: a month counts as its first day, articles without a date
    come last in both directions, and equals keep the order of relevance."""
    index = indexed(
        {
            f"{name}.md": (f"---\npublished: {date}\n---\n" if date else "")
            + f"The {name} ferry of Ashford sails at {number} in the morning.\n"
            for number, (name, date) in enumerate(DATES.items(), start=5)
        }
    )

    def cited(order: str) -> list[str]:
        answer = ask("When does the ferry of Ashford sail?", index, None, order=order)  # type: ignore[arg-type]
        assert [citation.number for citation in answer.citations] == [1, 2, 3, 4, 5]
        return [citation.article.article_id for citation in answer.citations]

    ranked = cited("relevance")
    equals = [name for name in ranked if name in ("march", "first")]
    oldest, newest = cited("oldest"), cited("newest")
    assert (oldest[0], oldest[3:]) == ("year", ["new", "undated"])
    assert (newest[0], newest[3:]) == ("new", ["year", "undated"])
    assert oldest[1:3] == newest[1:3] == equals
