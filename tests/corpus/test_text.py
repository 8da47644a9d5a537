"""The text of an article is what its file holds; only line ends become one kind."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import CorpusError, UnreadableFile, text_sha256
from corpus.readers import read_jsonl, read_markdown, read_plain
from corpus.text import checked, with_plain_newlines
from tests.corpus.texts import CAPTIONED_PAGE, STAMPED_PAGE, any_text, plain_article, texts

# Every way of keeping a text in a file, as (file content, reader).
WAYS = {
    "txt": (lambda text: text, read_plain),
    "md with front matter": (lambda text: f"---\ntitle: A pond\n---\n{text}", read_markdown),
    "jsonl": (lambda text: json.dumps({"text": text}), read_jsonl),
}
ways = pytest.mark.parametrize(("saved", "read"), WAYS.values(), ids=WAYS)
half_pairs = st.characters(categories=["Cs"])


@pytest.mark.parametrize(
    ("content", "text"),
    [
        pytest.param("a\r\nb", "a\nb", id="CRLF is one line end"),
        pytest.param("a\rb", "a\nb", id="CR is a line end"),
        pytest.param("a\n\rb", "a\n\nb", id="LF CR is two"),
        pytest.param("a\r\r\nb", "a\n\nb", id="CR CRLF is two"),
        pytest.param("a\u2028b\u2029c\x85d\x0be\x0cf", "a\u2028b\u2029c\x85d\x0be\x0cf",
                     id="line ends of other kinds stay"),
        pytest.param("a\u00a0\u00a0b  c\t", "a\u00a0\u00a0b  c\t", id="white space stays"),
        pytest.param("“a” ‘b’ 'c' \"d\" e…", "“a” ‘b’ 'c' \"d\" e…", id="marks stay"),
        pytest.param("e\u0301 \ufb01 \u212b", "e\u0301 \ufb01 \u212b", id="no normal form"),
    ],
)  # fmt: skip
def test_only_carriage_returns_change(content, text):
    """CRLF and CR become LF; nothing else of a content is touched."""
    assert with_plain_newlines(content) == text


@ways
@given(content=texts.filter(str.strip))
@settings(deadline=None)
def test_no_reader_changes_anything_but_carriage_returns(saved, read, content):
    """Whatever Unicode a file holds, the article's text is that with LF as line ends."""
    article = read(saved(content), "page", "page")
    assert article.text == "\n".join(re.split("\r\n|\r", content))


@pytest.mark.parametrize("page", [CAPTIONED_PAGE, STAMPED_PAGE], ids=["captioned", "stamped"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_a_news_page_keeps_every_character(page, newline):
    """No-break spaces, curly marks, double captions and the missing final newline stay."""
    assert plain_article(page.replace("\n", newline)).text == page


def test_the_hash_of_a_text_is_that_of_its_utf8_bytes():
    """The name of a version can be checked with any SHA-256 tool."""
    # printf '“a\u00a0pond”' | sha256sum
    assert (
        text_sha256("“a\u00a0pond”")
        == "63fd1aeaf77354479e2a6616efd4be3f3facbb7e71c6390cf1d21b0e326deb08"
    )


@given(text=any_text, other=any_text)
@settings(deadline=None)
def test_texts_have_one_hash_exactly_if_they_are_equal(text, other):
    """A change of one character is another version."""
    assert (text_sha256(text) == text_sha256(other)) == (text == other)
    assert text_sha256(text) != text_sha256(text + "\u00a0")


@ways
@given(before=any_text, half=half_pairs, after=any_text)
@settings(deadline=None)
def test_half_a_surrogate_pair_makes_a_text_unreadable(saved, read, before, half, after):
    """A lone surrogate anywhere in the text raises UnreadableFile, whatever the format."""
    with pytest.raises(UnreadableFile, match="half of a surrogate pair"):
        read(saved(f"pond {before}{half} {after}"), "page", "page")


def test_the_message_says_where_the_broken_character_stands():
    """Characters are counted from 0, as offsets are."""
    with pytest.raises(UnreadableFile, match="pair at character 4, which is not text"):
        text_sha256("pond\ud83d")


def test_checked_words_are_given_back_as_they_are():
    """Checking only refuses; it never alters."""
    assert checked("“a\u00a0pond” \U0001f986") == "“a\u00a0pond” \U0001f986"


def test_an_unreadable_file_can_be_handled_as_an_error_of_the_collection():
    """Callers catch one root error."""
    assert issubclass(UnreadableFile, CorpusError)
