"""The analyzer: what counts as the same word, and where each word stands."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import terms, tokens

# Any text, and texts made of the characters that the analyzer treats in a way of their own.
TEXTS = st.text() | st.text(alphabet="aZz9,. -–'’\u00a0\u0301_éßﬁ²١\n")

FOLDED = {
    "case": ("Park PARK park", ["park", "park", "park"]),
    "straight apostrophe": ("O'Brien doesn't", ["o'brien", "doesn't"]),
    "curly apostrophe": ("O’Brien doesn’t", ["o'brien", "doesn't"]),
    "straight possessive": ("Thornby's library", ["thornbi", "librari"]),
    "curly possessive": ("Thornby’s library", ["thornbi", "librari"]),
    "possessive of a plural": ("the councils’ parks", ["council", "park"]),
    "quotation marks are no letters": ("‘park’ 'park' “park”", ["park", "park", "park"]),
    "no-break space": ("park\u00a0gate\u202fkey", ["park", "gate", "key"]),
    "thousands": ("1,500 = 1500", ["1500", "1500"]),
    "millions with a fraction": ("12,345,678.50", ["12345678.50"]),
    "fraction": ("2.5 parks.", ["2.5", "park"]),
    "list of numbers": ("1,2 and 12,00", ["1", "2", "12", "00"]),
    "hyphen": ("resident-led re-opening", ["resid", "led", "re", "open"]),
    "dash between years": ("2017–2019", ["2017", "2019"]),
    "underscore": ("park_gate", ["park", "gate"]),
    "British and American paedophile": (
        "paedophile pedophile Paedophiles pedophilia",
        ["pedophil", "pedophil", "pedophil", "pedophilia"],
    ),
    "-ise and -ize": (
        "organise organize organised organized organising organizing organisers organizers",
        ["organis"] * 8,
    ),
    "-isation and -ization": (
        "organisation organization organisations organizations organisational organizational",
        ["organis"] * 6,
    ),
    "-isable and -izable": ("recognisable recognizable", ["recognis", "recognis"]),
    "a z that is no -ize": ("size prize seize citizen", ["size", "prize", "seiz", "citizen"]),
    "accents": ("café CAFÉ cafe", ["cafe", "cafe", "cafe"]),
    "ligature and sharp s": ("ﬁre Straße", ["fire", "strass"]),
    "inflection": ("open opens opened opening", ["open", "open", "open", "open"]),
    "plural": ("library libraries", ["librari", "librari"]),
    "stop words": ("It is the park of the town", ["park", "town"]),
    "stop words in capitals and contracted": ("IT’S THE park", ["park"]),
    "words that can be the point are kept": (
        "who may not, will no",
        ["who", "may", "not", "will", "no"],
    ),
    "nothing": (" …—“” ", []),
}


@pytest.mark.parametrize(("text", "expected"), FOLDED.values(), ids=FOLDED.keys())
def test_words_are_folded_to_their_terms(text: str, expected: list[str]) -> None:
    """Words that a reader takes for the same become the same term, others stay apart."""
    assert terms(text) == expected


@pytest.mark.parametrize("word", ["résumé", "Zoë’s", "naïveté", "Ångström"])
def test_an_accent_folds_the_same_composed_or_as_a_mark_of_its_own(word: str) -> None:
    """A letter with its accent gives one term, whether it is one code point or two."""
    composed = unicodedata.normalize("NFC", word)
    decomposed = unicodedata.normalize("NFD", word)

    assert composed != decomposed
    assert terms(decomposed) == terms(composed)
    assert [token.span.of(decomposed) for token in tokens(decomposed)] == [decomposed]


def test_a_token_spans_its_word_as_it_is_written() -> None:
    """A token's span slices the text to the unfolded word, possessive and separators included."""
    text = "The council’s 1,500\u00a0trees: O'Brien re\u0301opened it."

    found = [(token.term, token.span.of(text)) for token in tokens(text)]

    assert found == [
        ("council", "council’s"),
        ("1500", "1,500"),
        ("tree", "trees"),
        ("o'brien", "O'Brien"),
        ("reopen", "re\u0301opened"),
    ]


@given(text=TEXTS)
def test_terms_are_those_of_the_tokens(text: str) -> None:
    """Terms with and without spans are the same, for any text."""
    assert terms(text) == [token.term for token in tokens(text)]


@given(text=TEXTS)
def test_spans_come_in_order_and_do_not_overlap(text: str) -> None:
    """Each token begins at or after the end of the one before it and lies inside the text."""
    end = 0
    for token in tokens(text):
        assert end <= token.span.start < token.span.end <= len(text)
        end = token.span.end


@given(text=TEXTS)
def test_a_token_cut_out_of_its_text_gives_the_same_term(text: str) -> None:
    """A term depends on its own word alone, not on what stands around it."""
    for token in tokens(text):
        assert terms(token.span.of(text)) == [token.term]
