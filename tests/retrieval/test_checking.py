"""What becomes of the quotations of a draft, on invented articles."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import SearchIndex, build_index
from retrieval import Check, CheckedQuotation, UnusableDraft, check_text
from tests.retrieval.conftest import Indexed

PIER = (
    "The pier reopened on 3 May 2019.\n\n"
    "“We will not close the pier, and 46 boats may land there each day,” Ann Lee said.\n\n"
    "“Nobody asked for a toll – not one of them,” Tom Reed said. “It was never fair.”\n\n"
    "The council counted 58% of the boats, or £5 million of trade, from non-profit owners.\n\n"
    "“The tide does as it likes.\n\n“It always did, and it always will.”\n"
)
# The same words, a day later and with other ones around them.
TOLL = (
    "A toll was dropped. It had been asked of every skipper since the spring of that year.\n\n"
    "“We will not close the pier, and 46 boats may land there each day,” Ann Lee said.\n\n"
    "“The harbour wall is sound. We looked at it twice,” Ann Lee said. The wall is old.\n"
)
KEEPER = (
    "The Gazette reported that the keeper retired after 41 years. The keeper said he "
    "“would miss the gulls” most of all, and that nobody had asked him to stay.\n"
)
FILES = {
    "pier.md": f"---\ntitle: Pier\npublisher: Skerry Herald\npublished: 2019-05-04\n---\n{PIER}",
    "toll.md": f"---\ntitle: Toll\npublisher: Courier\npublished: 2019-05-05\n---\n{TOLL}",
    "keeper.md": "---\nkind: brief\ntitle: Keeper retires\npublisher: On the Record (brief)\n"
    f"original:\n  title: Last keeper leaves\n  publisher: Gazette\n---\n{KEEPER}",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    folder = tmp_path_factory.mktemp("checking")
    (folder / "collection").mkdir()
    for name, content in FILES.items():
        (folder / "collection" / name).write_text(content, encoding="utf-8")
    build_index(folder / "collection", folder / "index", None)
    opened = SearchIndex(folder / "index")
    yield opened
    opened.close()


def only(check: Check) -> CheckedQuotation:
    (checked,) = check.quotations
    return checked


def quotation(text: str, index: SearchIndex) -> CheckedQuotation:
    return only(check_text(text, index, None))


def changes(text: str, index: SearchIndex) -> list[tuple[str | None, str | None]]:
    """What the draft has, and what stands in the source, for each difference."""
    checked = quotation(text, index)
    source = checked.places[0].article.text
    return [
        (each.drafted and each.drafted.of(text), each.source and each.source.of(source))
        for each in checked.differences
    ]


def cuts(text: str, index: SearchIndex) -> list[tuple[str, bool, list[str]]]:
    """The words that were cut, whether the draft shows it, and the negations among them."""
    checked = quotation(text, index)
    source = checked.places[0].article.text
    return [
        (cut.span.of(source), cut.shown, [each.of(source) for each in cut.negations])
        for cut in checked.cuts
    ]


def test_an_exact_quotation_is_given_with_speaker_and_place(index: SearchIndex) -> None:
    """Whose words they are, in which article, where, and in which sentence."""
    checked = quotation("“46 boats may land there each day,” Ann Lee said.", index)
    assert (checked.verdict, checked.attribution) == ("exact", "same")
    (place,) = checked.places
    assert place.article.article_id == "pier"
    assert place.span.of(PIER) == "46 boats may land there each day"
    assert place.context.of(PIER).startswith("“We will not close")
    assert place.words_of == "speaker"
    assert place.quotation is not None
    assert place.quotation.speaker is not None
    assert place.quotation.speaker.name == "Ann Lee"


@pytest.mark.parametrize(
    "words",
    [
        "Nobody asked for a toll – not one of them",
        "Nobody asked for a toll—not one of them",
        "Nobody asked for a toll -- not one of them",
        "Nobody  asked\nfor a\u00a0toll - not one of them",
        "Nobody asked for a ‘toll’ – not one of them",
        "Nobody asked for a toll – not one of them,",
        "Nobody asked for a toll – not one of them.",
        "… for a toll – not one of …",
    ],
)
def test_marks_dashes_and_white_space_do_not_count(words: str, index: SearchIndex) -> None:
    """Nor does one comma or full stop at the very end, nor an ellipsis at an end."""
    assert quotation(f'"{words}"', index).verdict == "exact"


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        ("nobody asked for a toll", [("nobody", "Nobody")]),
        ("Nobody asked for a tole – not one", [("tole", "toll")]),
        ("46 boats can land there each day", [("can", "may")]),
        ("47 boats may land there each day", [("47", "46")]),
        ("46 boats may land there, each day", [(",", None)]),
        ("46 boats may land there each day!", [("!", ",")]),
        ("46 [fishing] boats may land there each day", [("[fishing]", None)]),
        ("46 boats may land each day", [(None, "there")]),
        ("counted 58 of the boats", [(None, "%")]),
        ("or $5 million of trade", [("$", "£")]),
        ("5 million of trade", [(None, "£")]),
        ("profit owners", [(None, "non-")]),
    ],
)
def test_anything_else_is_altered_and_shown(
    words: str, changed: list[tuple[str | None, str | None]], index: SearchIndex
) -> None:
    """Spelling, capitals, figures, signs, punctuation, words left out or put in."""
    text = f"“{words}”"
    assert quotation(text, index).verdict == "altered"
    assert changes(text, index) == changed


def test_numbers_and_negations_are_marked_as_such(index: SearchIndex) -> None:
    """So that they can be told from a comma."""
    (number,) = quotation("“47 boats may land there each day”", index).differences
    assert (number.numbers, number.negation) == (True, False)
    (dropped,) = quotation("“We will close the pier, and 46 boats”", index).differences
    assert (dropped.numbers, dropped.negation) == (False, True)
    (added,) = quotation("“46 boats may never land there each day”", index).differences
    assert (added.drafted is not None, added.negation) == (True, True)


def test_an_altered_quotation_says_whose_words_it_alters(index: SearchIndex) -> None:
    """The named speaker is compared all the same."""
    checked = quotation("“47 boats may land there each day,” Tom Reed said.", index)
    assert (checked.verdict, checked.attribution) == ("altered", "other")


@pytest.mark.parametrize(
    ("named", "verdict"),
    [("Ann Lee", "exact"), ("Bea Lee", "other speaker"), ("Tom Reed", "other speaker")],
)
def test_the_named_speaker_must_be_the_one_shown(
    named: str, verdict: str, index: SearchIndex
) -> None:
    """The words alone are not enough where the draft names somebody."""
    check = check_text(f"“46 boats may land there each day,” {named} said.", index, None)
    assert only(check).verdict == verdict
    assert check.is_exact is (verdict == "exact")


@pytest.mark.parametrize(
    "signed",
    ["“{}” — {}", "“{}.”\n\n— {}, skipper", "“{}” ({})", '"{}" -- {}.'],
)
def test_a_name_without_a_verb_names_the_speaker(signed: str, index: SearchIndex) -> None:
    """Behind a dash, beside or below the words, or in brackets."""
    words = "46 boats may land there each day"
    assert quotation(signed.format(words, "Tom Reed"), index).verdict == "other speaker"
    assert quotation(signed.format(words, "Ann Lee"), index).verdict == "exact"


@pytest.mark.parametrize("behind", [" — so the council hopes.", " — and left.", " (in May)"])
def test_other_words_behind_a_dash_name_nobody(behind: str, index: SearchIndex) -> None:
    checked = quotation(f"“46 boats may land there each day”{behind}", index)
    assert checked.speaker is None


def test_words_without_a_speaker_are_not_the_named_ones(index: SearchIndex) -> None:
    """“It was never fair” has no tag in the article, which shows nobody."""
    checked = quotation("“It was never fair,” Ann Lee said.", index)
    assert checked.verdict in ("speaker not shown", "other speaker")
    assert quotation("“It was never fair”", index).verdict == "exact"


def test_an_articles_own_words_are_exact_but_nobodys(index: SearchIndex) -> None:
    """Quoting the paper is exact; giving its words to a person is not."""
    checked = quotation("“The council counted 58% of the boats”", index)
    assert (checked.verdict, checked.places[0].words_of) == ("exact", "article")
    checked = quotation("“The council counted 58% of the boats,” Ann Lee said.", index)
    assert (checked.verdict, checked.attribution) == ("other speaker", "own words")


def test_a_briefs_prose_is_nobodys_quotation(index: SearchIndex) -> None:
    """Only what stands in a brief's quotation marks counts as somebody's words."""
    checked = quotation("“the keeper retired after 41 years”", index)
    assert (checked.verdict, checked.places[0].words_of) == ("our words", "brief")
    checked = quotation("“would miss the gulls”", index)
    assert (checked.verdict, checked.places[0].words_of) == ("exact", "speaker")
    checked = quotation("“would miss the gulls most of all”", index)
    assert checked.verdict == "our words"  # half of it is the brief's own


def test_a_quotation_over_two_paragraphs(index: SearchIndex) -> None:
    """Marks that are opened again do not count."""
    assert quotation("“does as it likes. It always did, and it”", index).verdict == "exact"


def test_an_ellipsis_is_shortened_and_shows_what_was_cut(index: SearchIndex) -> None:
    """With its negations, for an ellipsis can hide a "not"."""
    text = "“We will … close the pier, […] 46 boats may land there”"
    assert quotation(text, index).verdict == "shortened"
    assert cuts(text, index) == [("not", True, ["not"]), ("and", True, [])]
    assert not check_text(text, index, None).is_exact


def test_a_shortened_quotation_may_be_altered_too(index: SearchIndex) -> None:
    """Then both are shown."""
    text = "“We will … close the port, and 46 boats may land there”"
    assert quotation(text, index).verdict == "altered"
    assert changes(text, index) == [("port", "pier")]
    assert cuts(text, index) == [("not", True, ["not"])]


def test_a_negation_in_front_was_cut(index: SearchIndex) -> None:
    """The words stand so, and mean the opposite."""
    text = "“close the pier, and 46 boats may land there each day”"
    assert quotation(text, index).verdict == "shortened"
    assert cuts(text, index) == [("not", False, ["not"])]
    told = "They will not “close the pier, and 46 boats may land there each day”."
    assert quotation(told, index).verdict == "exact"


def test_pieces_of_two_speeches_are_joined(index: SearchIndex) -> None:
    """In one article, with an ellipsis or without; what lies between is shown."""
    text = "“46 boats may land there each day … Nobody asked for a toll”"
    assert quotation(text, index).verdict == "joined"
    assert cuts(text, index) == [(",” Ann Lee said.", True, [])]
    text = "“Nobody asked for a toll – not one of them. It was never fair”"
    assert quotation(text, index).verdict in ("joined", "altered")


def test_sentences_of_two_articles_are_joined(index: SearchIndex) -> None:
    """Each place is named."""
    checked = quotation("“It was never fair. The harbour wall is sound.”", index)
    assert checked.verdict == "joined"
    assert [place.article.article_id for place in checked.places] == ["pier", "toll"]


def test_a_sentence_that_was_left_out_unsaid_is_a_join(index: SearchIndex) -> None:
    """A whole sentence between the two is more than a missing word."""
    text = "“A toll was dropped. We will not close the pier”"
    assert quotation(text, index).verdict == "joined"


def test_what_is_not_there_comes_with_the_nearest(index: SearchIndex) -> None:
    """It is shown, and not called the quotation."""
    checked = quotation("“The harbour bell was stolen by a band of eels on Sunday”", index)
    assert checked.verdict == "not found"
    assert len(checked.places) == 1
    assert (checked.differences, checked.articles) == ((), 0)
    assert quotation("“zeppelin”", index).places == ()


def test_common_words_alone_are_not_compared(index: SearchIndex) -> None:
    """Words that stand everywhere cannot be looked for, and that is no finding."""
    assert quotation("“they had been”", index).verdict == "not compared"


def test_other_places_are_told_and_copies_counted(index: SearchIndex) -> None:
    """The earliest article comes first."""
    checked = quotation("“46 boats may land there each day”", index)
    assert [place.article.article_id for place in checked.places] == ["pier"]
    assert [(each.article_id, each.span.of(TOLL)) for each in checked.elsewhere] == [
        ("toll", "46 boats may land there each day")
    ]
    assert (checked.articles, checked.texts) == (2, 2)


def test_a_text_without_marks_is_looked_up_both_ways(index: SearchIndex) -> None:
    """A shell takes the marks away. Found exactly it is no claim; else it is both."""
    check = check_text("46 boats may land there each day", index, None)
    assert (check.has_marks, check.is_exact, check.claims) == (False, True, ())
    check = check_text("47 boats may land there each day", index, None)
    assert (only(check).verdict, len(check.claims)) == ("altered", 1)
    check = check_text("47 boats may land there each day", index, None, is_whole=False)
    assert (check.quotations, len(check.claims), check.is_exact) == ((), 1, True)


def test_single_marks_around_all_of_it_are_quotation_marks(index: SearchIndex) -> None:
    """As a person types them who has double ones for the shell."""
    check = check_text("‘46 boats may land there each day’", index, None)
    assert (check.has_marks, only(check).verdict) == (True, "exact")


def test_every_quotation_of_a_draft_is_checked(index: SearchIndex) -> None:
    """In order, also one that is never closed and one that is hardly speech."""
    text = (
        "“46 boats may land there each day,” Ann Lee said.\n\n"
        'The “toll” was dropped. She called it "fair\n\nand left. “It was never fair.”\n'
    )
    check = check_text(text, index, None, is_whole=False)
    assert [each.span.of(text) for each in check.quotations] == [
        "46 boats may land there each day,", "toll", "fair", "It was never fair.",
    ]  # fmt: skip


def test_a_draft_without_a_word_is_refused(index: SearchIndex) -> None:
    """So is one that is too long."""
    for text in ("", " \n", "“…”", "x " * 600_000):
        with pytest.raises(UnusableDraft):
            check_text(text, index, None)


def test_facts_of_a_claim_are_marked_where_they_stand(index: SearchIndex) -> None:
    """Each number, date and name, in each of the nearest passages."""
    text = "In May 2019 Ann Lee said that forty-six boats and 58 per cent of the ferries may land."
    check = check_text(text, index, None, is_whole=False)
    (claim,) = check.claims
    assert [(fact.kind, fact.span.of(text)) for fact in claim.facts] == [
        ("date", "May 2019"), ("name", "Ann Lee"), ("number", "forty-six"),
        ("number", "58 per cent"),
    ]  # fmt: skip
    near = next(near for near in claim.near if near.article.article_id == "pier")
    assert [[span.of(PIER) for span in spans] for spans in near.found] == [
        ["3 May 2019"], ["Ann Lee"], ["46"], ["58%"],
    ]  # fmt: skip


def test_words_around_a_quotation_are_a_claim_of_their_own(index: SearchIndex) -> None:
    """Without what stands in marks and without who is named as the speaker."""
    text = "Ann Lee, who counted 47 boats in June, said: “It was never fair,” and left the room."
    check = check_text(text, index, None, is_whole=False)
    (claim,) = check.claims
    assert "47" in [fact.span.of(text) for fact in claim.facts]
    assert check_text("“It was never fair,” Ann Lee said.", index, None).claims == ()


SPOKEN = "We will not close the pier, and 46 boats may land there each day"
OWN = "The council counted 58% of the boats, or £5 million of trade, from non-profit owners"


@given(st.sampled_from([SPOKEN, OWN]), st.data())
def test_any_part_of_whole_words_is_exact(
    index: SearchIndex, source: str, data: st.DataObject
) -> None:
    """But for one behind a negation, and for words that are in nearly every sentence."""
    words = source.split()
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    part = " ".join(words[first:last])
    expected = {"exact", "not compared"}
    if first and words[first - 1] == "not":
        expected = {"shortened"}
    assert quotation(f"“{part}”", index).verdict in expected
    if last - first > 3:
        assert quotation(f"“{part}”", index).verdict != "not compared"


@given(st.sampled_from([SPOKEN, OWN]), st.integers(0, 9), st.data())
def test_a_changed_digit_is_never_exact(
    index: SearchIndex, source: str, digit: int, data: st.DataObject
) -> None:
    """Whichever it is."""
    at = data.draw(st.sampled_from([at for at, each in enumerate(source) if each.isdigit()]))
    changed = f"{source[:at]}{digit}{source[at + 1 :]}"
    assert (quotation(f"“{changed}”", index).verdict == "exact") is (changed == source)


def test_a_quotation_over_the_border_of_two_passages(indexed: Indexed) -> None:
    """Passages are cut every hundred words, and people quote where they like."""
    sentences = [f"Boat {n} carried {n} crates of herring to the quay at dawn." for n in range(40)]
    index = indexed({"boats.txt": " ".join(sentences)})
    first, second = index.passage(0), index.passage(1)
    text = first.article.text
    before, after = sorted((first, second), key=lambda passage: passage.span)
    quoted = text[before.sentences[-1].start : after.sentences[0].end]
    assert after.span.start > before.span.end
    assert quotation(f"“{quoted}”", index).verdict == "exact"
    changed = quoted.replace("crates", "barrels", 1)
    assert changes(f"“{changed}”", index) == [("barrels", "crates")]


def test_a_caption_inside_a_speech_is_passed_over(indexed: Indexed) -> None:
    """Furniture is nobody's words: it neither breaks a quotation nor is found as one."""
    caption = "A boat at the quay of Skerry in the springA boat at the quay of Skerry in the spring"
    index = indexed(
        {"quay.txt": f"The quay\n\nThe harbour master spoke.\n\n“We wait for the tide.\n\n"
                     f"{caption}\n\n“And then we sail,” he said.\n"}
    )  # fmt: skip
    assert index.catalogue.furniture("quay")
    assert quotation("“We wait for the tide. And then we sail”", index).verdict == "exact"
    assert quotation(f"“{caption}”", index).verdict == "not found"


@pytest.mark.parametrize(
    "words",
    ["5 per cent of the berths", "5 skippers left", "700 a berth in tolls", "moored there cost 90",
     "legal nets were found there", "the winter of 41", "300 crews came"],
)  # fmt: skip
def test_signs_and_what_is_not_seen_belong_to_a_figure_or_a_word(
    words: str, indexed: Indexed
) -> None:
    """A quotation that begins or ends beside them has another figure, or another word."""
    article = (
        "Some .5 per cent of the berths were free, and <5 skippers left. They paid ₹700 a berth "
        "in tolls, and what was moored there cost 90€. Many il\u200blegal nets were found there "
        "in the winter of 41\u200b%. At least ±300 crews came.\n"
    )
    index = indexed({"berths.txt": article})
    assert quotation(f"“{words}”", index).verdict != "exact"
    assert quotation(f"“{article.strip()}”", index).verdict == "exact"


def test_speeches_of_two_people_side_by_side_are_joined(indexed: Indexed) -> None:
    """Without the marks between them they would be the article's own words."""
    article = "“We will close the pier.”\n\n“We will never close it,” said Tom Reed, a skipper.\n"
    index = indexed({"side.txt": article})
    checked = quotation("“We will close the pier. We will never close it”", index)
    assert checked.verdict == "joined"
    assert [place.span.of(article) for place in checked.places] == [
        "We will close the pier",
        "We will never close it",
    ]


def test_marks_inside_marks_end_nothing(index: SearchIndex) -> None:
    """What follows the inner ones is part of the quotation, and is checked."""
    text = "“We will not close “the pier”, and 47 boats may land”"
    checked = quotation(text, index)
    assert (checked.verdict, checked.span.of(text)) == ("altered", text[1:-1])
