"""Passages are whole sentences of an article, packed to a size that can be read and ranked."""

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given, settings

from corpus import Article, Furniture, Passage, Span, passages_of
from corpus.passages import PASSAGE_WORDS
from tests.corpus.texts import (
    CAPTIONED_PAGE,
    NBSP,
    STAMPED_PAGE,
    articles,
    line_span,
    non_white,
    plain_article,
    readers,
    texts,
)

properties = settings(deadline=None, max_examples=200)


def sentence(words: int) -> str:
    """A sentence of so many words, which its last word tells."""
    return "Duck " * (words - 1) + f"{words}."


def packed(text: str, words: int = PASSAGE_WORDS) -> list[str]:
    return [passage.text for passage in passages_of(Article("pond", text), words)]


# -- packing ----------------------------------------------------------------------------------


def test_a_passage_has_at_most_a_hundred_words():
    """The encoder reads so many with the title in front."""
    assert PASSAGE_WORDS == 100


@pytest.mark.parametrize(
    ("sizes", "passages"),
    [
        pytest.param([40, 60], [[40, 60]], id="exactly full"),
        pytest.param([40, 61], [[40], [61]], id="one word too many"),
        pytest.param([30, 30, 30, 30], [[30, 30, 30], [30]], id="as many as fit"),
        pytest.param([10, 101, 10], [[10], [101], [10]], id="a long sentence stands alone"),
        pytest.param([100, 1], [[100], [1]], id="none is taken apart"),
        pytest.param([60, 60, 40], [[60], [60, 40]], id="each is filled anew"),
    ],
)
def test_the_sentences_of_a_paragraph_are_packed_in_order(sizes, passages):
    """Each passage takes as many sentences as fit into its words, and no part of one."""
    text = " ".join(sentence(size) for size in sizes)
    assert packed(text) == [" ".join(sentence(size) for size in each) for each in passages]


@pytest.mark.parametrize(
    ("paragraphs", "passages"),
    [
        pytest.param([[20], [30], [50]], [[[20], [30], [50]]], id="short ones go together"),
        pytest.param([[50], [30, 21]], [[[50]], [[30, 21]]], id="half full ends with a paragraph"),
        pytest.param([[49], [30, 22]], [[[49], [30]], [[22]]], id="less than half full goes on"),
        pytest.param([[50], [30, 20]], [[[50], [30, 20]]], id="unless all of the next fits"),
        pytest.param([[50], [60, 40]], [[[50]], [[60, 40]]], id="and the next is filled anew"),
    ],
)
def test_a_passage_prefers_to_end_with_its_paragraph(paragraphs, passages):
    """A passage of fifty words or more does not take only the beginning of the next paragraph."""

    def written(sizes: list[list[int]]) -> str:
        return "\n\n".join(" ".join(map(sentence, paragraph)) for paragraph in sizes)

    expected = [written(passage) for passage in passages]
    found = packed(written(paragraphs))
    assert [text.split() for text in found] == [text.split() for text in expected]


def test_a_hard_wrapped_paragraph_is_one_paragraph():
    """A line break inside a sentence does not end it, so it is not parted for that."""
    paragraphs = [sentence(50), " ".join([sentence(20)] * 3)]
    text = "\n\n".join(textwrap.fill(paragraph, 80) for paragraph in paragraphs)
    assert [" ".join(passage.split()) for passage in packed(text)] == paragraphs


def test_the_size_of_a_passage_can_be_chosen():
    """Fewer words make more passages."""
    text = "The pond is full. The park is shut. It rained."
    assert packed(text, words=8) == ["The pond is full. The park is shut.", "It rained."]
    assert packed(text, words=1) == ["The pond is full.", "The park is shut.", "It rained."]


def test_words_are_what_stands_between_white_space():
    """A no-break space parts words as a space does; marks and hyphens do not."""
    text = f"It{NBSP}rained{NBSP}here. “Moth-counters” left."
    assert packed(text, words=4) == [f"It{NBSP}rained{NBSP}here.", "“Moth-counters” left."]
    assert packed(text, words=5) == [text]


# -- furniture --------------------------------------------------------------------------------


def test_a_passage_ends_at_furniture():
    """Prose on two sides of a marked line is never one passage, however short it is."""
    text = "The pond is full.\nMARK\nThe park is shut."
    article = Article("pond", text, furniture=(Furniture(Span(18, 22), "caption"),))
    assert [p.text for p in passages_of(article)] == ["The pond is full.", "The park is shut."]


def test_furniture_inside_a_line_leaves_its_rest_quotable():
    """Behind an agency's dateline the sentence begins with its own first word."""
    article = plain_article("FERNBRIDGE (AP) — The pond is full.")
    assert [p.text for p in passages_of(article)] == ["The pond is full."]


def test_an_article_of_nothing_but_furniture_has_no_passages():
    """There is nothing to quote."""
    article = Article("pond", "MARK", furniture=(Furniture(Span(0, 4), "headline"),))
    assert list(passages_of(article)) == []


def test_the_passages_of_a_captioned_page_leave_its_captions_out():
    """The paragraph above the captions and the story below them are separate passages, with
    every character of them, no-break spaces and the slip of the tongue included."""
    passages = list(passages_of(plain_article(CAPTIONED_PAGE)))
    assert passages[0].span == line_span(CAPTIONED_PAGE, 3)
    assert f"the{NBSP}{NBSP}tools" in passages[0].text
    assert [passages[1].span.start, passages[-1].span.end] == [
        line_span(CAPTIONED_PAGE, 7).start, len(CAPTIONED_PAGE),
    ]  # fmt: skip
    assert passages[-1].text.endswith("“We must to tell all our borrowers the rules.”")


def test_the_passages_of_a_stamped_page_end_before_its_footer():
    """From the first line below the stamp to the last one above the source line."""
    passages = list(passages_of(plain_article(STAMPED_PAGE)))
    assert passages[0].span.start == line_span(STAMPED_PAGE, 5).start
    assert passages[-1].span.end == line_span(STAMPED_PAGE, 17).end


# -- one passage ------------------------------------------------------------------------------


def test_a_passage_is_named_by_the_hash_of_its_text_and_its_span():
    """The name says which words, wherever the article lies."""
    article = Article("pond", "It rained. The pond is full.")
    passage = Passage(article, (Span(11, 28),))
    assert passage.passage_id == f"{article.sha256}:11-28"
    assert passage.passage_id == Passage(Article("lake", article.text), (Span(11, 28),)).passage_id


def test_a_passage_runs_from_its_first_to_its_last_sentence():
    """The white space between its sentences belongs to it."""
    passage = Passage(Article("pond", "It rained.\n\nWe left. Bye."), (Span(0, 10), Span(12, 20)))
    assert passage.span == Span(0, 20)
    assert passage.text == "It rained.\n\nWe left."


@pytest.mark.parametrize(
    ("spans", "reason"),
    [
        pytest.param((), "at least one sentence", id="no sentence"),
        pytest.param((Span(10, 19),), "begins or ends on white space", id="white space first"),
        pytest.param((Span(0, 11),), "begins or ends on white space", id="white space last"),
        pytest.param((Span(11, 19), Span(0, 10)), "start < end", id="backwards"),
        pytest.param((Span(0, 10), Span(5, 19)), "are not in order", id="overlapping"),
        pytest.param((Span(11, 29),), "outside a text", id="beyond the article"),
    ],
)
def test_a_passage_that_is_no_run_of_sentences_does_not_exist(spans, reason):
    """Whoever makes one by hand gets a ValueError instead of a wrong quotation."""
    with pytest.raises(ValueError, match=reason):
        Passage(Article("pond", "It rained. We left."), spans)


# -- any article ------------------------------------------------------------------------------


@given(article=articles)
@properties
def test_a_passage_of_any_article_is_a_slice_of_its_text(article):
    """Character for character, and its name holds the offsets."""
    for passage in passages_of(article):
        digest, _, offsets = passage.passage_id.partition(":")
        start, end = map(int, offsets.split("-"))
        assert (digest, passage.text) == (article.sha256, article.text[start:end])
        assert not passage.text[0].isspace()
        assert not passage.text[-1].isspace()


@given(article=articles)
@properties
def test_every_visible_character_outside_furniture_lies_in_exactly_one_passage(article):
    """Passages are ordered and disjoint and lose nothing that could be quoted."""
    passages = list(passages_of(article))
    assert all(a.span.end <= b.span.start for a, b in pairwise(passages))
    quotable = non_white(article.text) - _inside(item.span for item in article.furniture)
    assert _inside(p.span for p in passages) & non_white(article.text) == quotable


@given(article=articles)
@properties
def test_the_sentences_of_a_passage_hold_all_that_is_visible_in_it(article):
    """They are ordered and disjoint, begin and end the passage, and end on no white space."""
    for passage in passages_of(article):
        parts = passage.sentences
        assert (parts[0].start, parts[-1].end) == (passage.span.start, passage.span.end)
        assert all(a.end <= b.start for a, b in pairwise(parts))
        assert not any(p.of(article.text) != p.of(article.text).strip() for p in parts)
        visible = non_white(article.text) & _inside([passage.span])
        assert _inside(parts) & non_white(article.text) == visible


@given(article=articles)
@properties
def test_only_a_single_sentence_makes_a_passage_over_a_hundred_words(article):
    """Whatever the text, a passage of several sentences can be read by the encoder."""
    long = [p for p in passages_of(article) if len(p.text.split()) > PASSAGE_WORDS]
    assert [len(passage.sentences) for passage in long] == [1] * len(long)


@given(article=articles)
@properties
def test_furniture_of_any_article_is_ordered_disjoint_and_outside_passages(article):
    """It lies inside the text, holds something, and is never quoted."""
    spans = [item.span for item in article.furniture]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(span.of(article.text).strip() == span.of(article.text) for span in spans)
    assert not any(p.span.overlaps(s) for p in passages_of(article) for s in spans)


@given(read=readers, text=texts.filter(str.strip))
@properties
def test_reading_the_same_text_twice_gives_the_same_article_and_passages(read, text):
    """Nothing depends on chance, time or what was read before."""
    article, again = read(text), read(text)
    assert article == again
    assert list(passages_of(article)) == list(passages_of(again))


def _inside(spans) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}
