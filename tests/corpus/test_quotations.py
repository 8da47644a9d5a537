"""Who said what in an article, on articles of our own invention."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, Furniture, Speaker, quotations_of
from tests.corpus.texts import CAPTIONED_PAGE, STAMPED_PAGE, articles, plain_article

ADA = "Ada Brook, who runs the ferry, was at the pier."


def article(*paragraphs: str) -> Article:
    return Article("ferry", "\n\n".join(paragraphs))


def told(*paragraphs: str) -> list[tuple[str, str | None, str | None]]:
    """(kind, words, name) of each quotation that is not nested."""
    page = article(*paragraphs)
    return [
        (
            found.kind,
            " / ".join(span.of(page.text) for span in found.quoted or (found.span,)),
            (found.speaker.name or found.speaker.role or found.speaker.organisation)
            if found.speaker
            else None,
        )
        for found in quotations_of(page)
        if not found.nested
    ]


def only(*paragraphs: str):
    """The article's text and its one quotation."""
    page = article(*paragraphs)
    (found,) = quotations_of(page)
    return page.text, found


# -- where the speaker stands -----------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "“The ferry is late again today,” Ada Brook said.",
        "“The ferry is late again today,” said Ada Brook.",
        "“The ferry is late again today,” said Ada Brook, the harbour master, on Monday.",
        "“The ferry is late again today”, said Ada Brook.",
        "“The ferry is late again today”, claimed Ada Brook.",
        "“The ferry is late again today,” Ada Brook, 41, of Fern Hill, said.",
        "Ada Brook said: “The ferry is late again today.”",
        "Ada Brook, who runs the pier, said: “The ferry is late again today.”",
        "In a statement, Ada Brook said, “The ferry is late again today.”",
        "Ada Brook tweeted: “The ferry is late again today.”",
        "In a letter to the council Ada Brook wrote: “The ferry is late again today.”",
        "“The ferry is late again today,” according to Ada Brook.",
        "Ada Brook shook her head and said, “The ferry is late again today.”",
        "“The ferry is late again today!” Ada Brook shouted.",
    ],
)
def test_the_speaker_stands_before_or_behind_the_words(text):
    ((kind, words, name),) = told(text)
    assert (kind, words.rstrip(".,!"), name) == (
        "direct",
        "The ferry is late again today",
        "Ada Brook",
    )


def test_what_somebody_has_to_do_is_not_what_they_say():
    """The words behind the second "that" are still hers."""
    (*_, (_, words, name)) = told(
        "Ada Brook said wardens might have to consider it and that “it comes with some real risk”."
    )
    assert (words, name) == ("it comes with some real risk", "Ada Brook")


def test_what_somebody_did_not_say_is_not_reported_as_said():
    assert told("Ada Brook did not say where the money for the ferry came from.") == []


def test_the_spans_of_an_attribution():
    """Source, verb, the clause from the first to the last of them, and who was told."""
    text, found = only("“The ferry is late again today,” Ada Brook told the Fern Courier.")
    assert found.span.of(text) == "“The ferry is late again today,”"
    assert found.source.of(text) == "Ada Brook"
    assert found.verb.of(text) == "told"
    assert found.attribution.of(text) == "Ada Brook told"
    assert [outlet.of(text) for outlet in found.outlets] == ["the Fern Courier"]


def test_a_tag_inside_a_sentence_belongs_to_both_halves():
    """Nothing of the narrator's lies in a quotation, so these are two."""
    assert told("“The ferry,” Ada Brook said, “is late again.”") == [
        ("direct", "The ferry,", "Ada Brook"),
        ("direct", "is late again.", "Ada Brook"),
    ]


def test_what_follows_a_tag_in_the_paragraph_is_the_same_speakers():
    assert told("“The ferry is late,” Ada Brook said. “It has been late all year.”")[1] == (
        "direct",
        "It has been late all year.",
        "Ada Brook",
    )


# -- two conventions for several paragraphs ---------------------------------------------------


def test_marks_reopened_in_each_paragraph_are_one_speech():
    text, found = only(
        "Ada Brook said: “The ferry is late.", "“It has a hole.", "“We will mend it.”"
    )
    assert [span.of(text) for span in found.quoted] == [
        "The ferry is late.",
        "It has a hole.",
        "We will mend it.",
    ]
    assert (found.span.start, found.span.end) == (text.index("“"), len(text))
    assert found.speaker == Speaker("Ada Brook")


def test_a_speech_may_be_tagged_in_its_last_paragraph():
    _, found = only("“The ferry is late.", "“It has a hole in it,” Ada Brook said.")
    assert len(found.quoted) == 2
    assert found.speaker == Speaker("Ada Brook")


def test_an_untagged_paragraph_goes_on_with_the_speaker_before():
    """Each is a quotation of its own, with the source that named the speaker."""
    page = article("“The ferry is late,” Ada Brook said.", "“It has been late all year long.”")
    first, second = quotations_of(page)
    assert (first.speaker, first.source) == (second.speaker, second.source)


def test_an_untagged_paragraph_goes_on_with_whoever_was_reported_before():
    assert told("Ada Brook said that the ferry had a hole.", "“It has been late all year long.”")[
        1
    ] == ("direct", "It has been late all year long.", "Ada Brook")


# -- marks ------------------------------------------------------------------------------------


@pytest.mark.parametrize("marks", ["“”", '""', "‘’", "''", "«»", ["''", "''"], ["``", "''"]])
def test_every_kind_of_marks_can_hold_speech(marks):
    opening, closing = marks
    assert told(f"{opening}The ferry isn't late,{closing} said Ada Brook.") == [
        ("direct", "The ferry isn't late,", "Ada Brook")
    ]


def test_apostrophes_and_plural_possessives_are_no_marks():
    assert (
        told("The wardens' boats weren't Ada's. It’s the clubs’ and the '90s councils' hut.") == []
    )


def test_a_plural_possessive_inside_single_marks_closes_nothing():
    assert told("‘The wardens’ boats are late again,’ said Ada Brook.") == [
        ("direct", "The wardens’ boats are late again,", "Ada Brook")
    ]


def test_words_quoted_inside_a_quotation_are_nested():
    page = article("“The rule says ‘no ladders after dark’ and we keep it,” Ada Brook said.")
    outer, inner = quotations_of(page)
    assert (outer.nested, inner.nested) == (False, True)
    assert inner.span.of(page.text) == "‘no ladders after dark’"
    assert outer.span.contains(inner.span)


def test_a_nested_mark_that_nothing_closes_ends_with_the_speech():
    page = article("“We say ‘keep off the ladder, and they mostly do,” Ada Brook said.")
    _, inner = quotations_of(page)
    assert inner.quoted[0].of(page.text).startswith("keep off the ladder")
    assert inner.span.end <= page.text.index("”")


def test_a_mark_that_nothing_closes_ends_with_its_paragraph():
    assert told("Ada Brook said: “The ferry is late again today.", "The tram was on time.") == [
        ("direct", "The ferry is late again today.", "Ada Brook")
    ]


def test_an_ellipsis_and_an_error_inside_a_quotation_stay():
    assert told("“We has to mend it … They simply hasn’t paid,” Ada Brook said.") == [
        ("direct", "We has to mend it … They simply hasn’t paid,", "Ada Brook")
    ]


# -- what is no speech ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “ferry of doom” left on Monday.",
        "Members of ‘ladder watch’ clubs met at the pier on Monday.",
        "The film “The Last Ferry” opens on Friday.",
        "Ada “Skipper” Brook was at the pier.",
        "The council’s “rolling” programme goes on.",
        "In Fern Television’s “Ferry Morning,” Ada Brook was at the pier, she said.",
        "Ada Brook said she knew the poster — “No Ladders After Dark!” — at the pier.",
    ],
    ids=["so-called", "scare quotes", "a title", "a nickname", "one word", "a show", "a slogan"],
)
def test_scare_quotes_titles_and_nicknames_are_no_speech(text):
    assert [row for row in told(text) if row[0] == "direct"] == []


def test_furniture_holds_no_quotation():
    text = "‘The ferry is late’, says Ada Brook\n\nThe tram was on time."
    headline = Furniture(plain_article(text + "\n").furniture[0].span, "headline")
    assert quotations_of(Article("ferry", text, furniture=(headline,))) == ()


# -- fragments, mixed and indirect ------------------------------------------------------------


def test_a_fragment_makes_a_mixed_quotation_of_its_clause():
    text, found = only("Ada Brook described the queue for the ferry as a “flood” of people.")
    assert found.kind == "mixed"
    assert [span.of(text) for span in found.quoted] == ["flood"]
    assert found.span.of(text) == "the queue for the ferry as a “flood” of people"
    assert found.speaker == Speaker("Ada Brook")


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Ada Brook said that the ferry had a hole.", "that the ferry had a hole"),
        ("Ada Brook said the ferry had a hole.", "the ferry had a hole"),
        ("Ada Brook told the Fern Courier the ferry had a hole.", "the ferry had a hole"),
        ("The ferry had a hole in it, Ada Brook said.", "The ferry had a hole in it"),
        ("The ferry had a hole in it, according to Ada Brook.", "The ferry had a hole in it"),
        ("According to Ada Brook, the ferry had a hole.", "the ferry had a hole"),
        (
            "Ada Brook said the ferry had a hole, but told the panel it floats.",
            "the ferry had a hole",
        ),
        ("Ada Brook called for 1,500 ladders to be bought.", "for 1,500 ladders to be bought"),
    ],
)
def test_an_indirect_quotation_is_the_clause_that_is_reported(text, clause):
    page = article(text)
    found = quotations_of(page)[0]
    assert (found.kind, found.quoted, found.span.of(page.text)) == ("indirect", (), clause)
    assert found.speaker == Speaker("Ada Brook")


# -- speakers ---------------------------------------------------------------------------------


def speakers(*paragraphs: str) -> list[Speaker | None]:
    return [found.speaker for found in quotations_of(article(*paragraphs))]


def test_a_surname_a_full_name_an_office_and_a_pronoun_are_one_speaker():
    """With the fullest name, without a title before it."""
    assert set(
        speakers(
            "Ferry Commissioner Ada Brook said: “The ferry is late again today.”",
            "“It has a hole in the hull,” Ms Brook said.",
            "“We will mend it in May,” she added.",
            "“Nobody has to swim across,” the commissioner said.",
        )
    ) == {Speaker("Ada Brook", "Ferry Commissioner")}


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        (
            "Detective Superintendent Ada Brook, head of moth patrol for Fern Police,",
            Speaker("Ada Brook", "Detective Superintendent", "Fern Police"),
        ),
        (
            "Ferry and Tram Commissioner for Fernshire Ada Brook",
            Speaker("Ada Brook", "Ferry and Tram Commissioner", "Fernshire"),
        ),
        (
            "The former head of the Ladder Safety Agency, Ada Brook,",
            Speaker("Ada Brook", "former head", "Ladder Safety Agency"),
        ),
        (
            "The top ferry officer, Chief Constable Ada Brook,",
            Speaker("Ada Brook", "Chief Constable"),
        ),
        ("Fern Council", Speaker(organisation="Fern Council")),
        ("A Fern Council spokesman", Speaker(role="spokesman", organisation="Fern Council")),
        (
            "A spokeswoman for the Ferry Office",
            Speaker(role="spokeswoman", organisation="Ferry Office"),
        ),
    ],
)
def test_roles_and_organisations_are_read_beside_the_name(source, speaker):
    assert speakers(f"{source} said: “The ferry is late again today.”") == [speaker]


@pytest.mark.parametrize(
    ("tag", "speaker"),
    [
        ("said Ada Brook, the librarian.", Speaker("Ada Brook", "librarian")),
        ("said the librarian.", Speaker(role="librarian")),
        ("said Ada Brook, an aide to the Lt. Gov.", Speaker("Ada Brook", "aide to the Lt. Gov")),
    ],
)
def test_the_full_stop_of_the_sentence_is_no_part_of_a_role(tag, speaker):
    assert speakers(f"“The ferry is late again today,” {tag}") == [speaker]


def test_of_two_who_may_have_said_it_nobody_is_credited():
    text = "It is not clear whether the crews or Ada Brook said the ferry was late again."
    assert speakers(text) == [None]


def test_a_spokesperson_speaks_for_the_body_of_the_sentence_before():
    assert speakers(
        "The Ferry Office has also warned of ladders.",
        "“Ladders are a danger to everybody here,” a spokesperson told the Courier.",
    ) == [Speaker(role="spokesperson", organisation="Ferry Office")]


def test_an_office_in_the_lede_is_its_holders():
    """Who is named only in the paragraph after it."""
    assert set(
        speakers(
            "The Ferry Commissioner for Fernshire has said the pier should close.",
            "Ada Brook said it was a hard choice for the town.",
        )
    ) == {Speaker("Ada Brook", "Ferry Commissioner", "Fernshire")}


@pytest.mark.parametrize("source", ["The survey", "A report", "The main point"])
def test_what_is_no_person_and_no_body_is_not_a_speaker(source):
    """Its words are a quotation, and the source shows what said them."""
    text, found = only(f"{source} said: “The ferry is late again today.”")
    assert (found.speaker, found.source.of(text)) == (None, source)


def test_a_word_before_a_name_is_no_part_of_it():
    assert set(
        speakers(
            "Ferryman Ada Brook said: “The ferry is late again today.”",
            "“It has a hole in the hull,” Ada Brook said.",
        )
    ) == {Speaker("Ada Brook")}


def test_a_force_is_the_body_of_its_commissioners_place():
    assert speakers(
        "Ferry Commissioner for Fernshire Ada Brook said the pier was old.",
        "“We have no plans to close the pier,” Brook’s force said.",
        "The chief of Fernshire Police was away.",
    )[1] == Speaker(organisation="Fernshire Police")


def test_a_pronoun_without_anybody_before_it_is_not_resolved():
    _, found = only("“The ferry is late again today,” he said.")
    assert found.speaker is None
    assert found.source is not None


def test_a_pronoun_skips_people_of_another_gender():
    assert told(
        "Mrs Brook said the ferry was late.",
        "Mr Marsh said the tram was late.",
        "“Everything is late in this town,” she added.",
    )[-1] == ("direct", "Everything is late in this town,", "Brook")


@pytest.mark.parametrize(
    "text",
    [
        "Ada Brook, the ferry commissioner (PFC) for Fernshire, called for ladders.",
        "Ada Brook, the ferry commissioner (PFC) for Fernshire, was at the pier.",
        "The guest was Ada Brook, the ferry commissioner for Fernshire, with two wardens.",
        "Ada Brook is the ferry commissioner for Fernshire.",
        "Ada Brook, ferry commissioner for Fernshire and FBC lead for moths, was at the pier.",
        "Ada Brook, the ferry commissioner for Fernshire and the club’s lead for moths, was there.",
    ],
)
def test_a_name_is_introduced_wherever_it_stands(text):
    """In a sentence that reports nothing too; nothing of a second office behind "and" is in it."""
    assert speakers(text, "“The ferry is late again today,” Brook said.")[-1] == Speaker(
        "Ada Brook", "ferry commissioner", "Fernshire"
    )


def test_a_place_of_two_names_stays_whole():
    assert speakers(
        "Ada Brook, the ferry commissioner for Fernshire and Mothshire, said the pier was old."
    ) == [Speaker("Ada Brook", "ferry commissioner", "Fernshire and Mothshire")]


def test_a_full_stop_ends_a_name():
    assert speakers(
        "A bulletin spells the name Broom. Mr Justice Brook was at the pier.",
        "“The ferry is late again today,” Mr Justice Brook said.",
    ) == [Speaker("Brook", "Justice")]


def test_a_title_and_a_surname_that_is_a_title_name_the_person():
    assert set(
        speakers(
            "Judge Ada Dean, a member of the Ferry Council, said the pier was old.",
            "“The ferry is late again today,” Judge Dean said.",
        )
    ) == {Speaker("Ada Dean", "member", "Ferry Council")}


def test_an_office_with_and_without_its_place_is_one_speaker_and_so_is_his_answer():
    assert set(
        speakers(
            "The Mayor of Fern replied that the pier was old.",
            "“The ferry is late again today,” the Mayor said.",
            "“It has a hole in the hull,” the Mayor’s answer said.",
        )
    ) == {Speaker(role="Mayor", organisation="Fern")}


@pytest.mark.parametrize(
    "source",
    ["The answer", "Freedom of Moths figures", "Ada Brook and Oak Marsh", "Currently"],
)
def test_what_is_not_one_speaker_is_not_shown_as_one(source):
    found = speakers(f"{source} said: “The ferry is late again today, and currently old.”")
    assert found == [None]


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("Police Fernland", Speaker(organisation="Police Fernland")),
        ("Police", Speaker(organisation="police")),
        ("Fern Constabulary", Speaker(organisation="Fern Constabulary")),
        ("FernPress", Speaker(organisation="FernPress")),
        ("WATCH Ada Brook", Speaker("Ada Brook")),
        ("Democratic strategist Ada Brook", Speaker("Ada Brook", "Democratic strategist")),
    ],
)
def test_names_roles_and_organisations_are_clean(source, speaker):
    assert speakers(f"{source} said: “The ferry is late again today.”") == [speaker]


def test_a_body_and_its_initials_are_one_speaker():
    assert set(
        speakers(
            "The Fern Boat Club (FBC) said that the pier was old.",
            "“The ferry is late again today,” the FBC said.",
        )
    ) == {Speaker(organisation="Fern Boat Club")}


def test_another_resident_is_not_the_resident_before():
    first, second = speakers(
        "“The ferry is late again today,” a resident said.",
        "“The ferry was on time today,” another resident said.",
    )
    assert (first, second) == (Speaker(role="resident"), Speaker(role="another resident"))


# -- promises ---------------------------------------------------------------------------------

_PARTS = st.sampled_from(
    ["“", "”", '"', "'", "‘", "’", "«", "»", "''", "``", " ", "\n", "\n\n", ". ", ", ", ": ", "— ",
     "Ada Brook", "Mr Marsh", "he", "she", "who", "the council", "said", "told", "asked", "adding",
     "according to", "that", "the ferry is late", "Fern Council", "spokesman", "of", "and", "\x01"]
)  # fmt: skip
_pages = articles | st.lists(_PARTS, min_size=1, max_size=60).map(
    lambda parts: Article("ferry", " ".join(parts))
)


@given(_pages)
def test_any_text_gives_ordered_quotations_inside_it(page):
    """The same twice; quoted words in order, inside their quotation and outside furniture."""
    found = quotations_of(page)
    assert found == quotations_of(page)
    assert list(found) == sorted(found, key=lambda each: (each.span, each.nested))
    for each in found:
        spans = [each.span, *each.quoted, *each.outlets]
        spans += [span for span in (each.source, each.verb, each.attribution) if span]
        assert all(span.of(page.text) for span in spans)
        assert list(each.quoted) == sorted(each.quoted)
        assert all(each.span.contains(words) for words in each.quoted)
        for words in each.quoted:
            assert not any(item.span.overlaps(words) for item in page.furniture)


@pytest.mark.parametrize("page", [CAPTIONED_PAGE, STAMPED_PAGE], ids=["captioned", "stamped"])
def test_every_speech_of_an_invented_page_has_a_speaker(page):
    found = quotations_of(plain_article(page))
    assert [each for each in found if each.kind == "direct" and each.speaker is None] == []


@pytest.mark.parametrize(
    "unit",
    [
        '"', "“", "”", "'", "''", "“‘", "“a", "“a” ", "'a ", "said ", "who said ", ", ", "x",
        "Ada ",
        "Ada Brook ", "s' ", "\n", "“a\n", "“A b. ", "“A,” he said. ", "“A,” said Ada Brook. ",
        "Commissioner Ada Brook said. The commissioner said no. ",
    ],
)  # fmt: skip
def test_hostile_text_is_read_to_its_end(unit):
    """Text of one thing repeated: a rule whose time grew with the square of it would not end."""
    page = Article("hostile", unit * (120_000 // len(unit)))
    found = quotations_of(page)
    assert all(each.span.end <= len(page.text) for each in found)


def test_thousands_of_people_with_one_surname_are_told_apart():
    letters = str.maketrans("0123456789", "abcdefghij")
    people = [f"M{at:04}".translate(letters) + " Brook" for at in range(4000)]
    told_by = " ".join(f"“The ferry is late again today,” {name} said." for name in people)
    found = quotations_of(Article("hostile", told_by))
    assert [each.speaker and each.speaker.name for each in found] == people
