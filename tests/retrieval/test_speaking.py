"""Answers that know who is speaking."""

from __future__ import annotations

import pytest

from index import Filter
from retrieval import Answer, UnknownSpeaker, answer_as_json, ask
from tests.retrieval.conftest import Indexed

FILES = {
    "herald.txt": f"The pier\n\nThe pier was shut for a week. {'It rained at noon. ' * 12}\n\n"
    "“The pier is safe and the boats will call,” Ann Lee said.\n",
    "courier.txt": "Boats at the pier\n\nThe pier, the pier and the boats: all about the pier and "
    "the boats, and whether the pier is safe, which Ann Lee and others doubt.\n\n"
    "“Nobody asked us about the lamps,” Bram Dale said.\n",
    "lantern.txt": "Pier news\n\n“The pier is a danger to boats,” Bram Dale said.\n",
}


def cited(answer: Answer) -> list[str]:
    return [citation.article.article_id for citation in answer.citations]


def test_a_citation_has_the_quotations_inside_it(indexed: Indexed) -> None:
    """With their speaker and what shows it, as spans of the article's text, in JSON too."""
    answer = ask("Is the pier a danger to boats?", indexed(FILES), None, limit=1)
    (citation,) = answer.citations
    (quotation,) = citation.quotations
    text = citation.article.text
    assert quotation.span.of(text) == "“The pier is a danger to boats,”"
    assert quotation.speaker is not None
    assert quotation.speaker.name == "Bram Dale"
    assert quotation.attribution is not None
    assert quotation.attribution.of(text) == "Bram Dale said"

    (exported,) = answer_as_json(answer)["citations"][0]["quotations"]
    start, end = exported["attribution"]
    assert (exported["speaker"], exported["direct"]) == ("Bram Dale", True)
    assert text[start:end] == "Bram Dale said"
    assert text[exported["start"] : exported["end"]] == quotation.span.of(text)


def test_a_speaker_filter_leaves_only_passages_in_which_they_speak(indexed: Indexed) -> None:
    index = indexed(FILES)
    answer = ask("the pier and the boats", index, None, chosen=Filter(speaker="ann lee"))
    assert cited(answer) == ["herald"]
    assert (answer.scope.articles, answer.scope.passages) == (1, 1)


def test_a_name_that_nobody_bears_is_refused(indexed: Indexed) -> None:
    """The message says where to find the names that there are."""
    with pytest.raises(UnknownSpeaker, match=r"Nobody named Zora.*onrecord speakers"):
        ask("the pier", indexed(FILES), None, chosen=Filter(speaker="Zora"))


def test_what_somebody_said_begins_with_their_own_words(indexed: Indexed) -> None:
    """Though another passage has more of the question's words; and the answer says so."""
    index = indexed(FILES)
    plain = ask("Ann Lee, the safe pier and boats", index, None)
    asked = ask("What did Ann Lee say about the safe pier and boats?", index, None)
    assert cited(plain)[0] == "courier"
    assert cited(asked)[:2] == ["herald", "courier"]
    assert (asked.speaker, plain.speaker) == ("Ann Lee", None)


def test_where_nobody_of_that_name_speaks_nothing_changes(indexed: Indexed) -> None:
    index = indexed(FILES)
    answer = ask("According to boats, is the pier safe?", index, None)
    assert answer.speaker is None
    assert cited(answer) == cited(ask("is the pier safe according to boats", index, None))


def test_a_condition_in_a_highlight_is_named(indexed: Indexed) -> None:
    files = {"a.txt": "Boats\n\nThe pier will open in May if the money for its lamps is found.\n"}
    answer = ask("When will the pier open?", indexed(files), None)
    (caution,) = answer.citations[0].cautions
    assert caution.kind == "condition"
    assert caution.span.of(answer.citations[0].article.text) == "if"
    exported = answer_as_json(answer)["citations"][0]["cautions"]
    assert exported == [{"kind": "condition", "start": caution.span.start, "end": caution.span.end}]
