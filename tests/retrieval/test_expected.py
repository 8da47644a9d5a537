"""What kind of thing would answer a question, and which sentences have one."""

from __future__ import annotations

import pytest

from index import terms
from retrieval.questions.expected import Expected, expected_in, has_expected


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many fines were paid?", "number"),
        ("how much did the library save", "number"),
        ("How long will the strike last?", "number"),
        ("What percentage of drivers voted?", "number"),
        ("What per cent of drivers voted?", "number"),
        ("When did the ferry run aground?", "date"),
        ("In which year was the barrier built?", "date"),
        ("What day does the library close?", "date"),
        ("Who called it a wall of wishes?", "name"),
        ("Where did the ferry run aground?", "name"),
        ("Whose advice was it?", "name"),
        ("Which council closes its library?", None),
        ("Which river town flooded?", "name"),
        ("What company runs the trams?", "name"),
        ("Why do the drivers strike?", None),
        ("How did the barrier hold?", None),
        ("What did the mayor say?", None),
        ("flood barrier", None),
        ("Somewhere a showman stood", None),
        ("How many people came when the barrier held?", "number"),
        ("", None),
    ],
)
def test_what_a_question_asks_for(question: str, kind: Expected | None) -> None:
    """The words that ask tell the kind, in any case, as words of their own; a count before a
    date, and a date before a name, where the question has two."""
    assert expected_in(question) == kind


@pytest.mark.parametrize(
    ("sentence", "kind", "question", "has"),
    [
        ("Wardens issued 63 fines.", "number", "How many fines?", True),
        ("Wardens issued sixty fines.", "number", "How many fines?", True),
        ("Half of the fines were paid.", "number", "How many fines?", True),
        ("Wardens issued fines.", "number", "How many fines?", False),
        ("Somebody stood alone.", "number", "How many?", False),
        ("The 63 fines were paid.", "number", "How many of the 63 fines were paid?", False),
        ("Of 63 fines 38 were paid.", "number", "How many of the 63 fines were paid?", True),
        ("It began in 2018.", "date", "When did it begin?", True),
        ("It began on Tuesday.", "date", "When did it begin?", True),
        ("It began two years ago.", "date", "When did it begin?", True),
        ("It began on the 4th.", "date", "When did it begin?", True),
        ("It cost 4,500 pounds.", "date", "When did it begin?", False),
        ("It began in 2018.", "date", "When in 2018 did it begin?", False),
        ("Hester Quill said so.", "name", "Who said so?", True),
        ("In June Élodie said so.", "name", "Who in June said so?", True),
        ("Hester Quill said so.", "name", "What did Hester Quill say, and who else?", False),
        ("Quill and Renn said so.", "name", "Who said so with Quill?", True),
        ("nobody said so.", "name", "Who said so?", False),
    ],
)  # fmt: skip
def test_a_sentence_has_what_the_question_lacks(
    sentence: str, kind: Expected, question: str, has: bool
) -> None:
    """A number, date or name answers unless the question holds it already."""
    assert has_expected(sentence, kind, frozenset(terms(question))) is has


@pytest.mark.parametrize(
    ("sentence", "has"),
    [
        ("It began on 4 May.", True),
        ("It began on May 4.", True),
        ("Theresa May began it.", False),
        ("It may begin.", False),
    ],
)
def test_may_is_a_month_only_beside_a_number(sentence: str, has: bool) -> None:
    """Otherwise it is a name, or no name at all."""
    assert has_expected(sentence, "date", frozenset()) is has


@pytest.mark.parametrize(
    "sentence",
    [
        "The ferry was late.",
        "However, it was late.",
        "“We want a review,” she said.",
        "She said: “The ferry was late.”",
        "‘They were late’, she said.",
        "In the end I’d say it was late.",
        "I'm late.",
    ],
)
def test_the_capital_that_opens_a_sentence_makes_no_name(sentence: str) -> None:
    """Nor does that of what somebody says inside it."""
    assert not has_expected(sentence, "name", frozenset())
