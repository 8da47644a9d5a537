"""The floors that the quotations keep on PolNeAR's dev part and on two real articles.

No word of them stands here but the first and last of each gold quotation: lines are those of the
gold tables beside the articles.
"""

import re

import pytest

from corpus import Speaker, quotations_of, read_collection
from tests.corpus.polnear import measured
from tests.corpus.texts import line_span

TIPPING = Speaker("Paddy Tipping", "Police and Crime Commissioner", "Nottinghamshire")
GUILDFORD = Speaker("Craig Guildford", "Chief Constable")
CUTHBERT = Speaker("Jeff Cuthbert", "Police and Crime Commissioner", "Gwent")
GAMBLE = Speaker("Jim Gamble", "former head", "Child Exploitation and Online Protection Agency")
BRUSTAD = Speaker("Leanne Brustad", "Detective Superintendent", "Gwent Police")
HOME_OFFICE = Speaker(role="spokesperson", organisation="Home Office")

# (lines, first words, last words, speaker) of each quotation in marks that is not nested.
FIRST = [
    ((17, 19), "The national policy", "not universal.", TIPPING),
    ((21, 23, 25, 27), "The National Police", "under the law.", GUILDFORD),
]
SECOND = [
    ((7,), "intent on", "their part,", CUTHBERT),
    ((9,), "What we", "of balance,", CUTHBERT),
    ((11,), "I would", "and skills.", CUTHBERT),
    ((13,), "We need", "a conviction,", CUTHBERT),
    ((15,), "Working within", "way forward.", CUTHBERT),
    ((17,), "tsunami", "tsunami", GAMBLE),
    ((17,), "almost", "overwhelming.", GAMBLE),
    ((19,), "I doubt", "meaningful deterrent,", GAMBLE),
    ((23,), "I’d like", "detectives program.", GAMBLE),
    ((27,), "Cases involving", "extremely serious,", BRUSTAD),
    ((29,), "We understand", "the police.", BRUSTAD),
    ((35,), "The issues", "own hands,", HOME_OFFICE),
]


@pytest.fixture(scope="module")
def agreement(evaluation_data):
    return measured(evaluation_data / "polnear", "dev")


@pytest.fixture
def article(request, seeds):
    (found,) = [
        a
        for a in read_collection(seeds).articles
        if re.fullmatch(rf"{request.param}_[0-9a-f]{{16}}", a.article_id)
    ]
    return found


def spoken(article):
    """(lines, first stretch, last stretch, speaker) of each quotation that holds marked words; of
    fragments in one clause, one for each."""
    rows = []
    for found in quotations_of(article):
        groups = [found.quoted] if found.kind == "direct" else [(words,) for words in found.quoted]
        for group in groups if not found.nested else ():
            lines = tuple(article.text.count("\n", 0, words.start) + 1 for words in group)
            rows.append(
                (lines, group[0].of(article.text), group[-1].of(article.text), found.speaker)
            )
    return rows


@pytest.mark.parametrize(
    ("article", "gold"), [("000", FIRST), ("003", SECOND)], indirect=["article"], ids=["000", "003"]
)
def test_the_gold_quotations_of_a_seed_and_no_others(article, gold):
    """Each with its lines, its speaker and nothing of what stands beside it: no headline, no
    caption, no scare quote."""
    found = spoken(article)
    assert [(lines, who) for lines, _, _, who in found] == [
        (lines, who) for lines, _, _, who in gold
    ]
    for (_, words, last_words, _), (_, begins, ends, _) in zip(found, gold, strict=True):
        assert words.startswith(begins)
        assert last_words.endswith(ends)


@pytest.mark.parametrize("article", ["000"], indirect=True)
def test_the_advice_inside_a_speech_is_nested(article):
    """Its mark is never closed, so it ends with its paragraph at the latest."""
    (nested,) = [found for found in quotations_of(article) if found.nested]
    assert nested.quoted[0].of(article.text).startswith("if you’re doing")
    assert line_span(article.text, 25).contains(nested.span)


@pytest.mark.parametrize("article", ["003"], indirect=True)
def test_the_outlets_that_were_told_are_spans(article):
    """In the order of the text."""
    outlets = dict.fromkeys(outlet for found in quotations_of(article) for outlet in found.outlets)
    assert [outlet.of(article.text) for outlet in outlets] == [
        "BBC Wales",
        "the BBC",
        "the Times",
        "the Daily Mail",
    ]


def test_contents_in_quotation_marks_are_found(agreement):
    assert agreement.recall("quoted") >= 0.94


def test_what_is_given_as_somebodys_words_lies_inside_a_content(agreement):
    assert agreement.inside / agreement.stretches >= 0.96


def test_quoted_words_have_the_right_source(agreement):
    assert agreement.right_source / agreement.sourced >= 0.80


def test_mixed_and_indirect_quotations_are_more_often_right_than_wrong(agreement):
    assert agreement.precision("mixed") >= 0.70
    assert agreement.precision("indirect") >= 0.65
