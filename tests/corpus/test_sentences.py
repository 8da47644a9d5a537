"""Sentences end where a reader of news would end them."""

import textwrap
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings

from corpus import sentence_spans
from tests.corpus.texts import CAPTIONED_PAGE, NBSP, STAMPED_PAGE, non_white, sentences, texts


def cases(*lists: list[str]):
    """Each list holds the sentences of one text, which a space joins."""
    return pytest.mark.parametrize("expected", lists, ids=[" / ".join(each) for each in lists])


@cases(
    ["Mr. Pell met Mrs. Orme and Dr. Vane in St. Alder.", "They agreed."],
    ["The U.S. Forest Service helped.", "It left."],
    ["He came from the U.S. in May.", "He left."],
    ["She flew to the U.S.", "The park closed."],
    ["Hut No. 10 is shut.", "No. 11 is open."],
    ["The hall opens at 5 p.m. on Friday.", "It shuts at 9 p.m.", "The café stays open."],
    ["The case of Marrow v. Tindle ended.", "Orme vs. Reed began."],
    ["Fenwick Inc. built the bridge.", "Acme Corp. paid for it."],
    ["The firm is Fenwick Inc.", "The council paid it."],
    ["J. R. Pell wrote it.", "J.R. Orme read it."],
    ["It shut on Jan. 3 and opened on Sept. 9.", "It rained."],
    ["Some trees, e.g. oaks, fell (see p. 4).", "Others stood."],
    ["Cllr. Pell and Det. Supt. Orme met Insp. Vane.", "Const. Day and Cllrs. Reed and Holm left."],
    ["See para. 4 and paras. 5 to 7.", "It has approx. 30 lines."],
)  # fmt: skip
def test_the_full_stop_of_an_abbreviation_ends_no_sentence_by_itself(expected):
    """Titles, countries, numbers, clock times, cases and firms keep their full stops."""
    assert sentences(" ".join(expected)) == expected


@cases(
    ["Prices rose by 3.5 per cent to £1,500.50.", "That was in 2018."],
    ["Version 2.0 cost £1.5m.", "Version 3.0 was free."],
    ["The vote was 7.", "The motion fell."],
    ["More is at www.fernbridge.example/park.html today.", "It is long."],
)
def test_a_point_inside_a_number_or_an_address_ends_no_sentence(expected):
    """Decimals, thousands and host names are single words."""
    assert sentences(" ".join(expected)) == expected


@cases(
    ["“We waited.", "Nobody came.", "We went home,” he said.", "The park shut."],
    ["“We waited.", "Nobody came.”", "She left."],
    ['"We waited.', "Nobody came.", 'We went home," he said.', "The park shut."],
    ["He said: “We waited.", "Nobody came.”", "She left."],
)
def test_a_quoted_speech_of_several_sentences_is_several_sentences(expected):
    """Quotation marks do not hold a speech together."""
    assert sentences(" ".join(expected)) == expected


@cases(
    ["“Why?” he asked.", "“Because!” she shouted.", "They left."],
    ["“Why?” asked Mr Pell.", "“Why not?” said Mrs Orme."],
    ['"Why?" he asked.', '"Because!" she shouted.', "They left."],
    ["‘Why?’ he asked.", "‘Because!’ she shouted."],
    ["He called the pond “a mess.” and left.", "It is."],
    ["The pond (it is deep!) was shut.", "Nobody swam."],
)
def test_a_tag_in_lower_case_belongs_to_the_quotation_before_it(expected):
    """A question or an exclamation inside marks does not end the sentence around it."""
    assert sentences(" ".join(expected)) == expected


@cases(
    ["He saw a pond … and a park.", "He left."],
    ["There are 20 lamps left … They simply broke.", "We left."],
    ["He waited ... then left.", "It rained."],
    ["They waited...", "Then they left."],
    ["“Well...” he said.", "“No.”"],
)
def test_an_ellipsis_amid_a_sentence_ends_nothing(expected):
    """What marks left out words or a pause keeps both sides together; three full stops with a
    capital letter behind them end a sentence."""
    assert sentences(" ".join(expected)) == expected


@cases(
    ["She left.", "“Wait,” he called.", "‘Why?’ she asked.", "(Nobody heard.)"],
    ["She left.", '"Wait," he called.', '"No."', "He stayed."],
    ["He did not.", "She read the sign (“Stay out.”)"],
    ["They heard “no.”", "“We heard ‘yes.’”", "All left."],
    ["She left.", "[The hall was shut.]"],
    ["She left.", "(“Wait,” he called.)"],
    ["«Non.»", "«Oui.»", "They left."],
)
def test_marks_stay_with_the_sentence_that_they_open_or_close(expected):
    """A closing mark goes with what it ends, an opening mark with what it begins."""
    assert sentences(" ".join(expected)) == expected


def test_two_speeches_without_a_space_between_them_are_two_sentences():
    """One mark closes and the next opens."""
    assert sentences("She said: “No.”“Yes,” he said.") == ["She said: “No.”", "“Yes,” he said."]


@pytest.mark.parametrize("space", [NBSP, NBSP * 2, f" {NBSP}", "  ", "\u2028", "\t"], ids=ascii)
def test_any_white_space_parts_sentences_and_belongs_to_none(space):
    """No-break spaces between sentences behave as spaces do."""
    text = space.join(["She left.", "“Wait,”", "he called.", "It rained."])
    assert sentences(text) == ["She left.", f"“Wait,”{space}he called.", "It rained."]


def test_initials_may_be_parted_by_no_break_spaces():
    """However many there are, and whatever the splitter makes of them."""
    expected = [f"J.{NBSP}R. Pell wrote it.", f"J.{NBSP}{NBSP}R. Orme read it."]
    assert sentences(" ".join(expected)) == expected


def test_a_tag_behind_a_no_break_space_belongs_to_its_quotation():
    """“…,”⍽he said is one sentence, with the no-break space inside it as it was."""
    tagged = [line for line in STAMPED_PAGE.split("\n") if f",”{NBSP}" in line]
    assert [sentences(line) for line in tagged] == [[line] for line in tagged]
    assert len(tagged) == 3


def test_fragments_of_quotations_leave_a_sentence_whole():
    """“flood” and “almost too much.” are words of the sentence that quotes them."""
    line = f"He called it a{NBSP}“flood”{NBSP}and{NBSP}“almost too much.”"
    assert sentences(f"{line} Others did not.") == [line, "Others did not."]


def test_a_quotation_that_is_never_closed_runs_on_to_the_end_of_its_paragraph_only():
    """The next paragraph begins a new sentence, with its own opening mark."""
    start = CAPTIONED_PAGE.index("“We tell borrowers")
    assert sentences(CAPTIONED_PAGE[start:]) == [
        "“We tell borrowers that ‘if you climb, we cannot hold the ladder, but do ring the desk "
        "on 101 as most of them will.",
        "“We must to tell all our borrowers the rules.”",
    ]


# -- lines ------------------------------------------------------------------------------------

WRAPPED = [
    "The town council met on Monday to hear from Mr. Pell, who runs the library in Quarry Lane.",
    "He told it that the roof would be mended by 5 p.m. on Friday.",
    "“It leaks,” he said.",
    "“It has leaked since March.",
    "We need £1,500.”",
    "The council agreed to pay; the vote was 7 to 2.",
    "No. 10 Mill Street, which Fenwick Inc. owns, was not discussed.",
]


@pytest.mark.parametrize("column", [*range(72, 81), 120])
def test_hard_wrapped_lines_are_read_as_one_paragraph(column):
    """Wherever the lines break, even behind the full stop of "Mr." or a semicolon, the
    sentences are those of the text on one line."""
    wrapped = textwrap.fill(" ".join(WRAPPED), column)
    assert wrapped.count("\n") >= 2
    assert [" ".join(sentence.split()) for sentence in sentences(wrapped)] == WRAPPED


def test_a_hard_wrapped_sentence_keeps_its_line_breaks():
    """Its span runs over the lines; nothing is rewritten."""
    wrapped = textwrap.fill(WRAPPED[0], 60)
    assert wrapped.split("\n")[0] == "The town council met on Monday to hear from Mr. Pell, who"
    assert sentences(wrapped) == [wrapped]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["Monday 9 to 5", "Tuesday 9 to 5", "Friday 9 to 1"], id="opening hours"),
        pytest.param(["New benches", "A pond", "More trees for the park"], id="short items"),
        pytest.param(["- new benches", "- a pond", "- trees"], id="hyphens in lower case"),
        pytest.param(
            [f"{bullet} A bench of oak by the gate of Quarry Park and a pond" for bullet in "*•-"],
            id="bullets on long lines",
        ),
        pytest.param(
            ["The council asked for the following things to be done at once:", "Mend the roof",
             "Count the ducks and the geese that live on the pond in the park"],
            id="a list behind a colon",
        ),
        pytest.param(
            ["the council asks for:", "a bench;", "a pond"], id="items in lower case behind marks"
        ),
        pytest.param(
            ["The council met. " * 9 + "It voted", "Pond to be dug", "Trees to be cut"],
            id="lines below a paragraph on one line",
        ),
    ],
)  # fmt: skip
def test_lines_of_a_list_are_kept_apart(lines):
    """Lines that do not fill a column, or begin with a bullet, are not one sentence."""
    found = sentences("\n".join(lines))
    assert found[-2:] == lines[-2:]
    assert "\n" not in "".join(found)


@pytest.mark.parametrize(
    ("width", "is_column"),
    [(39, False), (40, True), (120, True), (121, False)],
    ids=str,
)
def test_a_column_is_40_to_120_characters_wide(width, is_column):
    """Narrower lines are a list, wider ones are paragraphs; capitals may begin them all."""
    lines = ["D" + "x" * (width - 1), "Pond"]
    text = "\n".join(lines)
    assert sentences(text) == ([text] if is_column else lines)


@pytest.mark.parametrize(
    ("filled", "goes_on"), [(59, False), (60, True)], ids=["less than 60 %", "60 %"]
)
def test_a_line_fills_its_column_from_three_fifths_of_it(filled, goes_on):
    """A shorter line ends what it says, even without a full stop."""
    lines = ["x" * filled, "Pond", "Y" * 99 + "."]
    found = sentences("\n".join(lines))
    assert found == (["\n".join(lines[:2]), lines[2]] if goes_on else lines)


def test_a_line_that_goes_on_in_lower_case_is_one_sentence():
    """A break inside a sentence does not end it, however long its lines are."""
    text = "The pond in the park\nis full. The park is\nshut."
    assert sentences(text) == ["The pond in the park\nis full.", "The park is\nshut."]


def test_a_blank_line_ends_a_sentence_even_without_a_full_stop():
    """A paragraph is the largest thing that a sentence can be."""
    assert sentences("The pond in the park\n\nis full\n \nof ducks") == [
        "The pond in the park", "is full", "of ducks",
    ]  # fmt: skip


def test_paragraphs_in_lower_case_without_capitals_are_split_at_full_stops():
    """A writer who uses no capital letters still ends sentences."""
    assert sentences("the pond is full. the park is shut.") == [
        "the pond is full.", "the park is shut.",
    ]  # fmt: skip


def test_text_without_punctuation_is_cut_between_words():
    """No sentence has more than 250 words."""
    words = [f"word{number}" for number in range(600)]
    assert [sentence.split() for sentence in sentences(" ".join(words))] == [
        words[:250], words[250:500], words[500:],
    ]  # fmt: skip


def test_only_the_given_stretch_is_read():
    """Offsets are those of the whole text, and what lies outside the stretch plays no part."""
    text = "It rained. The pond is full. The park is shut."
    assert [(span.start, span.end) for span in sentence_spans(text, 11, 37)] == [(11, 28), (29, 37)]


# -- any text ---------------------------------------------------------------------------------


@given(text=texts)
@settings(deadline=None, max_examples=300)
def test_sentences_hold_every_visible_character_of_any_text_exactly_once(text):
    """In order, disjoint, beginning and ending on what is not white space."""
    found = list(sentence_spans(text, 0, len(text)))
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(not text[s.start].isspace() and not text[s.end - 1].isspace() for s in found)
    assert {at for span in found for at in range(span.start, span.end)} >= non_white(text)


@given(text=texts)
@settings(deadline=None)
def test_no_sentence_of_any_text_crosses_a_blank_line(text):
    """A paragraph is never left, whatever stands in it."""
    crossed = [s for s in sentences(text) if "" in [line.strip() for line in s.split("\n")]]
    assert crossed == []


@pytest.mark.parametrize("space", ["\u00a0", "\u0085", "\u2028", "\u3000"], ids=ascii)
def test_wide_white_space_behind_an_initial_is_no_obstacle(space):
    """sentencex counts bytes there; a text with such a space must not stop a build."""
    text = f"Vote for plan M{space}. It was carried."
    spans = list(sentence_spans(text, 0, len(text)))
    assert "".join(span.of(text) for span in spans).replace(space, "").replace(" ", "") == (
        "VoteforplanM.Itwascarried."
    )
    assert spans[-1].of(text) == "It was carried."


@pytest.mark.parametrize(
    "unit", ["\U0001f600. ", "。A", "( \n", "我们去公园了。", "A. ", "“", "a\n", ".”"], ids=ascii
)
def test_the_time_grows_with_the_length_of_a_text_and_no_faster(unit):
    """160,000 characters without a paragraph took minutes when it grew with the square."""
    text = unit * (160_000 // len(unit))
    start = time.monotonic()
    assert list(sentence_spans(text, 0, len(text)))
    assert time.monotonic() - start < 6


@pytest.mark.parametrize("words", [3, 30, 300])
@pytest.mark.parametrize("letter", ["a", "é", "я"])
def test_a_long_paragraph_is_split_as_a_short_one_is(words, letter):
    """Though it is looked at piece by piece."""
    sentence = f"The {' '.join([letter * 9] * words)} ended."[: 9 * 240]
    expected = [f"{sentence.rstrip('.')}."] * (60_000 // len(sentence))
    assert sentences(" ".join(expected)) == expected
