"""Two real articles, read as they are. No word of them stands here: only line numbers do.

The lines are those of the gold tables that lie beside the articles.
"""

import hashlib
import re
from itertools import pairwise

import pytest

from corpus import Article, Furniture, passages_of, read_collection, sentence_spans
from tests.corpus.texts import NBSP, line_span, non_white

both = pytest.mark.parametrize("article", ["000", "003"], indirect=True)
first = pytest.mark.parametrize("article", ["000"], indirect=True)
second = pytest.mark.parametrize("article", ["003"], indirect=True)


@pytest.fixture
def article(request, seeds) -> Article:
    """The article whose file name begins with this number."""
    found = read_collection(seeds).articles
    (article,) = [
        a for a in found if re.fullmatch(rf"{request.param}_[0-9a-f]{{16}}", a.article_id)
    ]
    return article


def line(article: Article, number: int) -> str:
    return line_span(article.text, number).of(article.text)


@both
def test_a_seed_is_read_byte_for_byte(article, seeds):
    """The hash of the text is that of the file, so every offset can be checked against it."""
    assert article.sha256 == hashlib.sha256((seeds / article.file).read_bytes()).hexdigest()


@both
def test_a_seed_is_an_article_without_a_named_author(article):
    """It has no byline, and the name in a stamp is a program's."""
    assert (article.metadata.kind, article.metadata.original) == ("article", None)
    assert article.metadata.author is None


@both
def test_the_first_line_of_a_seed_is_its_title(article):
    """In straight or curly marks, as it stands."""
    assert article.metadata.title == line(article, 1)


@first
def test_the_first_seed_tells_nothing_else_about_itself(article):
    """No date, no publisher, no address: unknown, whatever its people and places suggest."""
    metadata = article.metadata
    assert (metadata.published, metadata.published_evidence) == (None, None)
    assert (metadata.publisher, metadata.url) == (None, None)


@first
def test_the_furniture_of_the_first_seed(article):
    """The headline, and three copies of a caption on two lines."""
    assert article.furniture == (
        Furniture(line_span(article.text, 1), "headline"),
        Furniture(line_span(article.text, 4), "caption"),
        Furniture(line_span(article.text, 5), "caption"),
    )
    assert line(article, 4) == line(article, 5) * 2


@second
def test_the_second_seed_was_posted_on_a_wednesday_in_july(article):
    """The weekday decides how the stamp is read; the stamp is the evidence, and no better."""
    assert article.metadata.published == "2017-07-12"
    assert article.metadata.published_evidence == f"posted: {line(article, 3)}"


@second
def test_the_second_seed_names_its_source_and_address_in_its_footer(article):
    """Two lines below the story."""
    assert f"Source: {article.metadata.publisher}" == line(article, 37)
    assert article.metadata.url == line(article, 39)


@second
def test_the_furniture_of_the_second_seed(article):
    """Headline, stamp, source line and address."""
    assert article.furniture == (
        Furniture(line_span(article.text, 1), "headline"),
        Furniture(line_span(article.text, 3), "stamp"),
        Furniture(line_span(article.text, 37), "source line"),
        Furniture(line_span(article.text, 39), "address"),
    )


@both
def test_every_visible_character_of_a_seed_is_furniture_or_in_exactly_one_passage(article):
    """Nothing that can be quoted is lost, and nothing is quoted twice."""
    passages = [passage.span for passage in passages_of(article)]
    marked = [item.span for item in article.furniture]
    places = sorted(at for span in passages + marked for at in range(span.start, span.end))
    assert [at for at in places if not article.text[at].isspace()] == sorted(
        non_white(article.text)
    )
    assert all(a.end <= b.start for a, b in pairwise(passages))


@pytest.mark.parametrize(
    ("article", "number"), [("000", 2), ("003", 10)], indirect=["article"], ids=["000", "003"]
)
def test_the_no_break_spaces_of_a_seed_are_in_its_passages(article, number):
    """None is lost or made a space."""
    assert sum(passage.text.count(NBSP) for passage in passages_of(article)) == number


@pytest.mark.parametrize(
    ("article", "numbers"),
    [
        pytest.param("000", [3, 7, 11, 13, 15, 17, 21, 25, 27], id="000"),
        pytest.param("003", [*range(5, 36, 2)], id="003"),
    ],
    indirect=["article"],
)
def test_paragraphs_of_one_sentence_are_one_sentence(article, numbers):
    """With fragments of quotations, an ellipsis, marks that are never closed and tags behind
    no-break spaces inside them."""
    for number in numbers:
        span = line_span(article.text, number)
        assert list(sentence_spans(article.text, span.start, span.end)) == [span]


@first
@pytest.mark.parametrize("number", [9, 19, 23])
def test_paragraphs_of_two_sentences_are_two_sentences(article, number):
    """The second begins with its first word and the paragraph's end is its end."""
    span = line_span(article.text, number)
    parts = list(sentence_spans(article.text, span.start, span.end))
    assert len(parts) == 2
    assert (parts[0].start, parts[1].end) == (span.start, span.end)
    assert article.text[parts[0].end - 1 : parts[1].start] == ". "
