"""The analyzer: what counts as the same word, and where each word stands."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import terms, tokens

# Any text, and texts made of the characters that the analyzer treats in a way of their own.
TEXTS = st.text() | st.text(alphabet="aZz9,. -–'’‘ʼ%\u00a0\u202f\u00ad\u2010\u2011\u0301_éßﬁ²١\n")
# Words in which hyphens, endings and numbers meet.
COMPOUNDS = st.lists(
    st.sampled_from(["co", "operate", "e", "mail", "1,500", "90", "officers’", "it's", "per cent"]),
    min_size=1,
).flatmap(
    lambda words: st.lists(
        st.sampled_from([" ", "-", "\u2011", "", "\u00ad", "%", "."]),
        min_size=len(words),
        max_size=len(words),
    ).map(lambda joints: "".join(map("".join, zip(words, joints, strict=True))))
)

FOLDED = {
    "case": ("Park PARK park", ["park", "park", "park"]),
    "straight apostrophe": ("O'Brien doesn't", ["o'brien", "doesn't"]),
    "curly apostrophe": ("O’Brien doesn’t", ["o'brien", "doesn't"]),
    "straight possessive": ("Thornby's library", ["thornbi", "librari"]),
    "curly possessive": ("Thornby’s library", ["thornbi", "librari"]),
    "possessive of a plural": ("the councils’ parks", ["council", "park"]),
    "quotation marks are no letters": ("‘park’ 'park' “park”", ["park", "park", "park"]),
    "no-break space": ("park\u00a0gate\u202fkey", ["park", "gate", "key"]),
    "a curly mark the wrong way round": ("don‘t don’t", ["don't", "don't"]),
    "a letter as an apostrophe": ("policeʼs police", ["polic", "polic"]),
    "quoted possessive": ("‘the officer’s car’", ["offic", "car"]),
    "contractions of stop words": ("they're we’ve I'd it'll", []),
    "negations": ("can't can’t", ["can't", "can't"]),
    "thousands": ("1,500 = 1500 = £1,500", ["1500", "1500", "1500"]),
    "thousands with a no-break or thin space": (
        "1\u00a0500 1\u202f500 1\u2009500 1\u00a0500\u00a0000",
        ["1500", "1500", "1500", "1500000"],
    ),
    "numbers side by side": (
        "in 2018 300 men, 2018\u00a0300",
        ["2018", "300", "men", "2018", "300"],
    ),
    "no thousands": ("1,5000 1,50", ["1", "5000", "1", "50"]),
    "per cent": (
        "40% 40 % 40 per cent 40 percent 40 per-cent 40 Per\u00a0cent",
        ["40", "percent"] * 6,
    ),
    "shares apart": ("40% 90%", ["40", "percent", "90", "percent"]),
    "coins are no per cent": ("50 cents per centre", ["50", "cent", "per", "center"]),
    "a year's": ("2018's raids", ["2018", "raid"]),
    "ordinals and decades": ("1st 1990s", ["1st", "1990s"]),
    "number words": ("two 2", ["two", "2"]),
    "millions with a fraction": ("12,345,678.50", ["12345678.50"]),
    "fraction": ("2.5 parks.", ["2.5", "park"]),
    "list of numbers": ("1,2 and 12,00", ["1", "2", "12", "00"]),
    "hyphen": ("decoy-based anti-paedophile", ["decoy", "base", "anti", "pedophil"]),
    "other hyphens": ("police\u2010led police\u2011led", ["polic", "led", "polic", "led"]),
    "hyphen in one word": (
        "co-operate co\u2011operate cooperating e-mails email on-line online",
        ["cooper", "cooper", "cooper", "email", "email", "onlin", "onlin"],
    ),
    "joined within a longer compound": ("anti-co-operation pact", ["anti", "cooper", "pact"]),
    "a hyphen that tells words apart": ("re-form, reform", ["re", "form", "reform"]),
    "number and unit": ("40-year-old", ["40", "year", "old"]),
    "ranges of numbers": ("2-2.5 1,500-2,000", ["2", "2.5", "1500", "2000"]),
    "soft hyphen": ("po\u00adlice\u00adman policeman", ["policeman", "policeman"]),
    "dash between years": ("2017–2019", ["2017", "2019"]),
    "underscore": ("park_gate", ["park", "gate"]),
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
    text = "The council’s 1,500\u00a0trees, 40% oak-led: O'Brien co-ope\u0301rated on\u00adline."

    found = [(token.term, token.span.of(text)) for token in tokens(text)]

    assert found == [
        ("council", "council’s"),
        ("1500", "1,500"),
        ("tree", "trees"),
        ("40", "40"),
        ("percent", "%"),
        ("oak", "oak"),
        ("led", "led"),
        ("o'brien", "O'Brien"),
        ("cooper", "co-ope\u0301rated"),
        ("onlin", "on\u00adline"),
    ]


@given(text=TEXTS | COMPOUNDS)
def test_terms_are_those_of_the_tokens(text: str) -> None:
    """Terms with and without spans are the same, for any text."""
    assert terms(text) == [token.term for token in tokens(text)]


@given(text=TEXTS | COMPOUNDS)
def test_spans_come_in_order_and_do_not_overlap(text: str) -> None:
    """Each token begins at or after the end of the one before it and lies inside the text."""
    end = 0
    for token in tokens(text):
        assert end <= token.span.start < token.span.end <= len(text)
        end = token.span.end


@given(text=TEXTS | COMPOUNDS)
def test_a_token_cut_out_of_its_text_gives_the_same_term(text: str) -> None:
    """A term depends on its own word alone, not on what stands around it."""
    for token in tokens(text):
        assert terms(token.span.of(text)) == [token.term]


@given(text=TEXTS | COMPOUNDS)
def test_a_word_is_cut_out_whole(text: str) -> None:
    """A span begins and ends with a letter, a digit, an accent or a per cent sign."""
    for token in tokens(text):
        word = token.span.of(text)
        assert word[0].isalnum() or word == "%"
        assert word[-1].isalnum() or word == "%" or unicodedata.combining(word[-1])


@given(
    text=st.lists(
        st.sampled_from(
            ["police’s", "O'Brien", "don’t", "co-operation", "police-led", "café", "1,500", "May"]
        )
    ).map(" ".join)
)
def test_how_a_word_is_typed_does_not_matter(text: str) -> None:
    """Capitals, other apostrophes, hyphens and spaces, and soft hyphens give the same terms."""
    for variant in (
        text.upper(),
        text.casefold(),
        text.replace("'", "’"),
        text.replace("’", "'"),
        text.replace("-", "\u2010"),
        text.replace("-", "\u2011"),
        text.replace(",", "\u202f"),
        text.replace(",", ""),
        text.replace("li", "l\u00adi"),
        unicodedata.normalize("NFD", text),
        f"‘{text}’",
        f"“{text}”",
    ):
        assert terms(variant) == terms(text)
