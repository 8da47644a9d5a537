"""An article knows its version, and a brief is filtered as what it is about."""

from dataclasses import FrozenInstanceError, asdict, replace

import pytest

from corpus import (
    Article,
    Furniture,
    Imported,
    Metadata,
    Original,
    Span,
    UnreadableFile,
    text_sha256,
)

ORIGINAL = Original(title="Pond dug", publisher="Courier", published="2018-04")
BRIEF = Metadata(publisher="On the Record (brief)", kind="brief", original=ORIGINAL)
ARTICLE = Article("pond", "The pond is dug.", Metadata(title="Pond"), file="pond.txt")


def test_the_hash_of_an_article_is_that_of_its_text():
    """sha256 names the version of the text and depends on nothing else."""
    assert ARTICLE.sha256 == text_sha256("The pond is dug.")


def test_an_article_of_no_text_form_does_not_exist():
    """A lone surrogate in the text raises UnreadableFile when the article is made."""
    with pytest.raises(UnreadableFile, match="surrogate"):
        Article("pond", "The pond\udc80")


def test_an_article_never_changes():
    """Text and metadata cannot be assigned to."""
    with pytest.raises(FrozenInstanceError):
        ARTICLE.text = "The pond is full."


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"article_id": "lake"}, id="another id"),
        pytest.param({"file": "lake.txt"}, id="another file"),
        pytest.param({"furniture": (Furniture(Span(0, 3), "headline"),)}, id="furniture"),
    ],
)
def test_the_fingerprint_ignores_where_an_article_lies(changes):
    """Two articles with equal text and details are the same in two places."""
    assert replace(ARTICLE, **changes).fingerprint == ARTICLE.fingerprint


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"text": "The pond is dug. "}, id="one space more"),
        pytest.param({"metadata": Metadata(title="Lake")}, id="another title"),
        pytest.param({"metadata": Metadata(publisher="Pond")}, id="the title as publisher"),
        pytest.param({"metadata": Metadata(title="Pond", url="https://a.example")}, id="a URL"),
        pytest.param({"metadata": Metadata(title="Pond", original=ORIGINAL)}, id="an original"),
    ],
)
def test_the_fingerprint_tells_other_texts_and_details_apart(changes):
    """Any difference in text or metadata is a difference of fingerprint."""
    assert replace(ARTICLE, **changes).fingerprint != ARTICLE.fingerprint


@pytest.mark.parametrize(
    ("metadata", "dated"),
    [
        pytest.param(Metadata(), None, id="unknown"),
        pytest.param(Metadata(published="2017"), "2017", id="its own date"),
        pytest.param(BRIEF, "2018-04", id="a brief has its original's"),
        pytest.param(replace(BRIEF, published="2020"), "2020", id="unless it has its own"),
    ],
)
def test_a_brief_counts_as_of_the_day_of_its_original(metadata, dated):
    """The date to sort and filter by is the article's own, else its original's, else None."""
    assert metadata.dated == dated


@pytest.mark.parametrize(
    ("metadata", "outlets"),
    [
        pytest.param(Metadata(), (), id="unknown"),
        pytest.param(Metadata(publisher="Courier"), ("Courier",), id="an article's own"),
        pytest.param(BRIEF, ("On the Record (brief)", "Courier"), id="a brief's two"),
        pytest.param(Metadata(original=ORIGINAL), ("Courier",), id="only the original's"),
    ],
)
def test_a_brief_is_found_under_its_own_and_its_originals_publisher(metadata, outlets):
    """Filters by publisher see both, and never an unknown one."""
    assert metadata.outlets == outlets


def test_the_fingerprint_ignores_what_an_article_was_imported_from():
    """A page that was saved under two names is one article, and so is one told by its host."""
    saved = Metadata(
        title="Pond",
        evidence=(("publisher", "host name: pond.example"),),
        imported=Imported("pond (1).html", "0" * 64),
    )

    assert replace(ARTICLE, metadata=saved).fingerprint == ARTICLE.fingerprint


def test_a_page_ends_at_its_form_feed():
    """Characters before the first form feed stand on page 1, those behind it on page 2."""
    paged = Article("report", "One.\f\nTwo.\f\n")

    assert [paged.page_at(paged.text.index(word)) for word in ("One", "Two")] == [1, 2]


def test_a_text_without_form_feeds_has_no_pages():
    """What was never paged is cited without a page."""
    assert ARTICLE.page_at(0) is None


@pytest.mark.parametrize(
    "metadata", [BRIEF, ARTICLE.metadata, Metadata(imported=Imported("a", "0"))]
)
def test_the_fields_of_metadata_are_those_of_the_dataclass(metadata):
    """However deep they lie."""
    assert metadata.fields() == asdict(metadata)
