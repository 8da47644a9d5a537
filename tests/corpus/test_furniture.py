"""Lines that are evidence about a page and not prose are marked, with what they show."""

import time

import pytest

from corpus import Furniture, Metadata, Span
from corpus.furniture import PageEvidence, read_page
from corpus.readers.described import described
from tests.corpus.texts import (
    ADDRESS,
    CAPTION,
    CAPTIONED_PAGE,
    STAMP,
    STAMPED_PAGE,
    line_span,
    plain_article,
)

STORY = "The pond in Quarry Park was full on the day of the vote, the wardens said."
STORIES = [f"{STORY} They counted {number} ducks." for number in range(2, 14)]
N = 50_000
MORE = "\n\n".join(STORIES)


def marked(page: PageEvidence, text: str) -> list[tuple[str, str]]:
    return [(item.kind, item.span.of(text)) for item in page.furniture]


# -- whole pages ------------------------------------------------------------------------------


def test_headline_and_all_three_copies_of_a_caption_are_furniture():
    """A caption glued to itself and repeated below is marked line by line, with exact spans."""
    assert plain_article(CAPTIONED_PAGE).furniture == (
        Furniture(line_span(CAPTIONED_PAGE, 1), "headline"),
        Furniture(line_span(CAPTIONED_PAGE, 4), "caption"),
        Furniture(line_span(CAPTIONED_PAGE, 5), "caption"),
    )
    assert line_span(CAPTIONED_PAGE, 4).of(CAPTIONED_PAGE) == CAPTION * 2
    assert line_span(CAPTIONED_PAGE, 5).of(CAPTIONED_PAGE) == CAPTION


def test_a_page_that_shows_only_a_headline_leaves_the_rest_unknown():
    """Without date line, byline, source line or address there is a title and nothing else,
    whatever "on Monday" and the people in the story may suggest."""
    assert plain_article(CAPTIONED_PAGE).metadata == Metadata(
        title="'We should lend ladders as well as novels', says Fernbridge library chair",
        evidence=(("title", "headline"),),
    )


def test_stamp_and_footer_lines_are_furniture():
    """Headline, content-management stamp, source line and bare address, with exact spans."""
    assert plain_article(STAMPED_PAGE).furniture == (
        Furniture(line_span(STAMPED_PAGE, 1), "headline"),
        Furniture(line_span(STAMPED_PAGE, 3), "stamp"),
        Furniture(line_span(STAMPED_PAGE, 19), "source line"),
        Furniture(line_span(STAMPED_PAGE, 21), "address"),
    )


def test_stamp_and_footer_lines_show_date_publisher_and_address():
    """The weekday decides the US order, the date is only "posted", and siteadmin wrote nothing."""
    assert plain_article(STAMPED_PAGE).metadata == Metadata(
        title="Town ‘moth counters’ invited to join park wardens",
        publisher="Fernbridge Courier",
        author=None,
        published="2018-03-09",
        published_evidence=f"posted: {STAMP}",
        url=ADDRESS,
        evidence=(
            ("publisher", "source line"), ("title", "headline"), ("url", "address line"),
        ),
    )  # fmt: skip


def test_white_space_holds_no_furniture():
    """A text of nothing shows nothing, as plain text and as Markdown."""
    assert read_page(" \n\u00a0\n") == PageEvidence(furniture=())
    assert read_page(" \n\u00a0\n", markdown=True) == PageEvidence(furniture=())


# -- captions ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([CAPTION + CAPTION], id="glued to itself"),
        pytest.param([CAPTION, CAPTION], id="again on the next line"),
        pytest.param([CAPTION, "", CAPTION], id="again after a blank line"),
        pytest.param([f"  {CAPTION}\u00a0", CAPTION], id="again with other white space around"),
        pytest.param([CAPTION, CAPTION, STORY, CAPTION], id="and once more further below"),
    ],
)
def test_a_line_that_the_page_repeats_is_a_caption(lines):
    """Every copy is furniture, without the white space around it; the story is not."""
    text = "\n".join([STORY, *lines, STORY + " Nobody swam."])
    copies = [line.strip() for line in lines if line and line != STORY]
    assert marked(read_page(text), text) == [("caption", copy) for copy in copies]


@pytest.mark.parametrize("end", [".", "!", "?", ".”", ".’", '."', ".'"])
def test_the_first_copy_of_a_sentence_that_was_pasted_twice_is_prose(end):
    """It may stand nowhere else, so only its repetitions are furniture."""
    sentence = CAPTION + end
    text = "\n".join([STORY, sentence, sentence, sentence, STORY + " Nobody swam."])
    first = text.index(CAPTION)
    copies = [first + (len(sentence) + 1) * number for number in (1, 2)]
    assert read_page(text).furniture == tuple(
        Furniture(Span(start, start + len(sentence)), "caption") for start in copies
    )


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["Yes, we can.", "Yes, we can."], id="a short refrain"),
        pytest.param(["Yes, we can.Yes, we can."], id="a short refrain in one line"),
        pytest.param([CAPTION, STORY, CAPTION], id="not beside itself"),
        pytest.param([f"{CAPTION} {CAPTION}."], id="twice, but not the same"),
        pytest.param([CAPTION, CAPTION + "."], id="with a full stop the second time"),
        pytest.param([CAPTION + CAPTION.upper(), STORY, CAPTION], id="half of another line"),
    ],
)
def test_a_phrase_that_the_writer_repeats_is_prose(lines):
    """What is short, elsewhere or not quite the same is left alone."""
    text = "\n".join([STORY, *lines, STORY + " Nobody swam."])
    assert marked(read_page(text), text) == []


def test_a_line_that_only_begins_with_a_caption_is_prose():
    """It says more than the caption does."""
    text = "\n".join([STORY, CAPTION, CAPTION, CAPTION + CAPTION.upper()])
    assert marked(read_page(text), text) == [("caption", CAPTION)] * 2


@pytest.mark.parametrize(
    ("length", "kinds"), [(29, []), (30, ["caption", "caption"])], ids=["29", "30"]
)
def test_a_caption_has_at_least_thirty_characters(length, kinds):
    """The boundary between a refrain and a caption is a length."""
    phrase = "x" * (length - 1) + "y"
    page = read_page(f"{STORY}\n{phrase}\n{phrase}\n{STORY} Nobody swam.")
    assert [item.kind for item in page.furniture] == kinds
    glued = read_page(f"{STORY}\n{phrase}{phrase}\n{STORY} Nobody swam.")
    assert [item.kind for item in glued.furniture] == kinds[:1]


# -- headlines --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headline",
    [
        pytest.param("Pond full", id="plain"),
        pytest.param("'We love ducks', says warden", id="in straight quotation marks"),
        pytest.param("“We love ducks”", id="a quotation alone"),
        pytest.param("Is the pond full?", id="a question"),
        pytest.param(" ".join(["duck"] * 30), id="of 30 words"),
    ],
)
def test_a_short_line_apart_from_the_story_is_the_headline(headline):
    """The first line is the title where a blank line follows and it does not end like prose."""
    text = f"\n{headline}\n\n{STORY}"
    page = read_page(text)
    assert marked(page, text) == [("headline", headline)]
    assert page.title == headline


def test_a_line_directly_above_a_caption_is_a_headline():
    """Furniture sets a headline apart as a blank line does."""
    text = f"Pond full\n{CAPTION}\n{CAPTION}\n{STORY}"
    page = read_page(text)
    assert [kind for kind, _ in marked(page, text)] == ["headline", "caption", "caption"]
    assert page.title == "Pond full"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Pond full", id="nothing below it"),
        pytest.param(f"Pond full\n{STORY}", id="not apart from the story"),
        pytest.param(f"The pond is full.\n\n{STORY}", id="a sentence"),
        pytest.param(f"“The pond is full.”\n\n{STORY}", id="a quoted sentence"),
        pytest.param(f"The pond is full…\n\n{STORY}", id="trailing off"),
        pytest.param(f"The warden said:\n\n{STORY}", id="announcing what follows"),
        pytest.param(f"{' '.join(['duck'] * 31)}\n\n{STORY}", id="of 31 words"),
    ],
)
def test_a_first_line_that_may_be_prose_is_prose(text):
    """Where it is not certainly a headline, there is no title and the line stays quotable."""
    page = read_page(text)
    assert (page.furniture, page.title) == ((), None)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("https://courier.example/pond", "address"),
        ("Source: Fernbridge Courier", "source line"),
        ("By Nora Quill", "byline"),
        ("10 April 2018", "dateline"),
        (STAMP, "stamp"),
    ],
)
def test_a_first_line_of_another_kind_is_no_headline(line, kind):
    """An address, a source line, a byline or a date does not become the title."""
    text = f"{line}\n\n{STORY}"
    page = read_page(text)
    assert (marked(page, text), page.title) == ([(kind, line)], None)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Pond full, warden says.", id="letter for letter"),
        pytest.param("POND FULL,  Warden\u00a0says.", id="in other case and spacing"),
        pytest.param("“Pond full, warden says.”", id="in quotation marks"),
    ],
)
def test_a_first_line_that_repeats_the_stated_title_is_a_headline(line):
    """Even with a full stop and without a blank line; the title stays as the file states it."""
    text = f"{line}\n{STORY}"
    page = read_page(text, "Pond full, warden says.")
    assert marked(page, text) == [("headline", line)]
    assert page.title == "Pond full, warden says."


def test_a_first_line_other_than_the_stated_title_is_prose():
    """A file that states its title has no second one."""
    page = read_page(f"Wardens count ducks\n\n{STORY}", "Pond full")
    assert (page.furniture, page.title) == ((), "Pond full")


# -- dates ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "kind", "published", "evidence"),
    [
        (STAMP, "stamp", "2018-03-09", "posted"),
        ("Submitted by siteadmin on Fri, 03/09/2018 - 08:15", "stamp", "2018-03-09", "posted"),
        ("Fri, 09/03/2018 - 08:15 -- editor", "stamp", "2018-03-09", "posted"),
        ("13/03/2018 - 08:15 -- siteadmin", "stamp", "2018-03-13", "posted"),
        ("9 March 2018 - 08:15 -- siteadmin", "stamp", "2018-03-09", "posted"),
        ("10 April 2018", "dateline", "2018-04-10", "dateline"),
        ("Tuesday, April 10, 2018", "dateline", "2018-04-10", "dateline"),
        ("2018-04-10", "dateline", "2018-04-10", "dateline"),
        ("April 2018", "dateline", "2018-04", "dateline"),
        ("Published: 10 April 2018", "dateline", "2018-04-10", "dateline"),
        ("First published on 10 April 2018 at 09:25 BST", "dateline", "2018-04-10", "dateline"),
        ("Posted at 10 Apr 2018 GMT", "dateline", "2018-04-10", "dateline"),
        ("DATE: 2018-04", "dateline", "2018-04", "dateline"),
        (f"10 April 2018 at 10:00 {'x' * 77}", "dateline", "2018-04-10", "dateline"),
    ],
)
def test_a_line_that_holds_only_a_date_dates_the_page(line, kind, published, evidence):
    """The date comes with what it rests on and the words themselves."""
    text = f"Pond full\n\n{line}\n\n{STORY}"
    page = read_page(text)
    assert marked(page, text) == [("headline", "Pond full"), (kind, line)]
    assert page.published == published
    assert page.published_evidence == f"{evidence}: {line}"
    assert page.author is None


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("07/12/2017", "dateline"),
        ("Published: 07/12/2017", "dateline"),
        ("07/12/2017 - 09:15 -- siteadmin", "stamp"),
        ("Fri, 07/12/2017 - 09:15 -- siteadmin", "stamp"),
        ("Updated: 10 April 2018", "dateline"),
        ("Last updated on 10 April 2018", "dateline"),
    ],
)
def test_a_date_line_that_leaves_the_day_open_is_furniture_without_a_date(line, kind):
    """What can be read two ways, contradicts itself or tells of a change dates nothing."""
    text = f"Pond full\n\n{line}\n\n{STORY}"
    page = read_page(text)
    assert marked(page, text) == [("headline", "Pond full"), (kind, line)]
    assert (page.published, page.published_evidence) == (None, None)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("2018", id="a number like a year"),
        pytest.param("20180410", id="a number like a day"),
        pytest.param("On 10 April 2018 the pond was full", id="a sentence"),
        pytest.param("Posted: yesterday", id="a relative date"),
        pytest.param("Date: to be announced", id="a label without a date"),
        pytest.param("Opening of the pond 2018 - 09:25", id="a year and a clock time"),
        pytest.param("The pond of 07/12/2017 - 09:25", id="words before a numeric date"),
        pytest.param(f"10 April 2018 at 10:00 {'x' * 78}", id="over 100 characters"),
    ],
)
def test_a_line_that_is_not_certainly_a_date_is_prose(line):
    """It stays quotable and dates nothing."""
    text = f"Pond full\n\n{line}\n\n{STORY}"
    page = read_page(text)
    assert marked(page, text) == [("headline", "Pond full")]
    assert (page.published, page.published_evidence) == (None, None)


@pytest.mark.parametrize("lines", [[STAMP, "2 April 2018"], ["2 April 2018", STAMP]])
def test_a_dateline_is_better_evidence_than_a_stamp(lines):
    """In either order, the line that states a date wins over the system that posted the page."""
    page = read_page("\n\n".join(["Pond full", *lines, STORY]))
    assert page.published == "2018-04-02"
    assert page.published_evidence == "dateline: 2 April 2018"


def test_of_two_datelines_the_first_counts():
    """The date of publication stands first."""
    page = read_page(f"Pond full\n\n2 April 2018\n\n3 April 2018\n\n{STORY}")
    assert page.published == "2018-04-02"


@pytest.mark.parametrize(
    ("above", "published"), [(4, "2018-04-10"), (5, None)], ids=["fifth line", "sixth line"]
)
def test_only_the_first_five_lines_below_the_headline_date_a_page(above, published):
    """Further down, and at the foot of the page, a date is prose."""
    lines = ["Pond full", *STORIES[:above], "10 April 2018"]
    page = read_page("\n\n".join(lines))
    assert [item.kind for item in page.furniture] == ["headline", "dateline"][: 1 + bool(published)]
    assert page.published == published


# -- bylines, sources, addresses --------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Nora Quill", "Nora Quill"),
        ("by Nora Quill", "Nora Quill"),
        ("BY NORA QUILL", "NORA QUILL"),
        ("By Nora Quill and Ivo Marsh", "Nora Quill and Ivo Marsh"),
        ("By Tam van Reed", "Tam van Reed"),
        ("By Nora O’Quill-Marsh, Parks Correspondent", "Nora O’Quill-Marsh"),
        ("By Nora Quill | Fernbridge Courier", "Nora Quill"),
    ],
)
def test_a_byline_names_the_author(line, author):
    """What follows the name, such as the job, is not part of it."""
    text = f"Pond full\n\n{line}\n\n{STORY}"
    page = read_page(text)
    assert marked(page, text) == [("headline", "Pond full"), ("byline", line)]
    assert page.author == author


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("By Monday", id="one word"),
        pytest.param("By Monday Mr Pell", id="a weekday"),
        pytest.param("By May Mrs Orme", id="a month"),
        pytest.param("By Quarry Park, the wardens of the pond had left again", id="a long tail"),
        pytest.param("By the pond the wardens waited", id="no names"),
        pytest.param("By Nora Quill’s count there were 9 ducks.", id="a sentence"),
    ],
)
def test_a_sentence_that_begins_like_a_byline_is_prose(line):
    """It stays quotable and names no author."""
    text = f"Pond full\n\n{line}\n\n{STORY}"
    page = read_page(text)
    assert (marked(page, text), page.author) == ([("headline", "Pond full")], None)


@pytest.mark.parametrize(
    ("above", "author"), [(4, "Nora Quill"), (5, None)], ids=["fifth line", "sixth line"]
)
def test_only_the_first_five_lines_below_the_headline_name_the_author(above, author):
    """Further down, and at the foot of the page, a byline is prose."""
    page = read_page("\n\n".join(["Pond full", *STORIES[:above], "By Nora Quill"]))
    assert [item.kind for item in page.furniture] == ["headline", "byline"][: 1 + bool(author)]
    assert page.author == author


@pytest.mark.parametrize(
    ("line", "publisher", "url"),
    [
        ("Source: Fernbridge Courier", "Fernbridge Courier", None),
        ("SOURCE : Fernbridge Courier.", "Fernbridge Courier", None),
        ("Sources: Courier, Radio Fernbridge", "Courier, Radio Fernbridge", None),
        ("Via: Courier", "Courier", None),
        ("Source: 24 Hours", "24 Hours", None),
        ("Source: A" + " b" * 7, "A" + " b" * 7, None),
        (f"Source: {ADDRESS}", None, ADDRESS),
    ],
)
def test_a_source_line_names_publisher_or_address(line, publisher, url):
    """At the foot of a page it says where the text was taken from."""
    text = f"{MORE}\n\n{line}"
    page = read_page(text)
    assert marked(page, text) == [("source line", line)]
    assert (page.publisher, page.url) == (publisher, url)


@pytest.mark.parametrize("line", [ADDRESS, "http://courier.example/a?b=c#d"])
def test_a_bare_address_is_the_pages_own(line):
    """At the foot of a page a line with only a URL is its address, character for character."""
    text = f"{MORE}\n\n  {line}\u00a0\n"
    page = read_page(text)
    assert marked(page, text) == [("address", line)]
    assert page.url == line


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Source: A pamphlet", ("A pamphlet", None)),
        (f"Source: {ADDRESS}", (None, ADDRESS)),
        (ADDRESS, (None, ADDRESS)),
    ],
)
@pytest.mark.parametrize(
    ("above", "below", "near"),
    [(4, 6, True), (5, 5, False), (6, 4, True)],
    ids=["fifth line", "sixth line from both ends", "fifth line from the end"],
)
def test_a_source_or_address_amid_the_story_is_about_something_else(
    line, shown, above, below, near
):
    """It is no prose either, but says nothing about where the page comes from."""
    text = "\n\n".join([*STORIES[:above], line, *STORIES[6 : 6 + below]])
    page = read_page(text)
    assert [words for _, words in marked(page, text)] == [line]
    assert (page.publisher, page.url) == (shown if near else (None, None))


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(f"See {ADDRESS}", id="an address after a word"),
        pytest.param(f"{ADDRESS} has more.", id="an address before words"),
        pytest.param("The source: A pamphlet", id="another word before source"),
        pytest.param("Source: it was a pamphlet", id="a sentence in lower case"),
        pytest.param("Source: A" + " pamphlet" * 8, id="nine words"),
    ],
)
def test_a_sentence_with_an_address_or_a_source_is_prose(line):
    """Only a whole line that fits the pattern is furniture."""
    page = read_page(f"{MORE}\n\n{line}")
    assert (page.furniture, page.publisher, page.url) == ((), None, None)


@pytest.mark.parametrize(
    "dateline",
    ["FERNBRIDGE, April 10 (Reuters) -", "FERNBRIDGE (AP) —", "QUARRY PARK, Fern Apr. 1 (PA) --"],
)
def test_only_the_dateline_of_an_agency_paragraph_is_furniture(dateline):
    """Place, day and agency are marked, and the sentence behind them stays prose."""
    text = f"{dateline} {STORY}"
    page = read_page(text)
    assert page.furniture == (Furniture(Span(0, len(dateline)), "dateline"),)


def test_an_agency_dateline_with_nothing_behind_it_is_prose():
    """It is the head of a paragraph or nothing certain."""
    assert read_page(f"FERNBRIDGE (AP) -\n{STORY}").furniture == ()


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(f"By Nora Quill, {'x' * N}.", id="a byline that does not end"),
        pytest.param(f"By Nora Quill{', x' * N}", id="a byline of commas"),
        pytest.param(f"Source: Courier{' x' * N}", id="a source of many words"),
        pytest.param(f"Source: Courier{' ' * N}x", id="a source of spaces"),
        pytest.param(f"FERNBRIDGE{' ' * N}(x", id="a place of spaces"),
        pytest.param(f"# x{' ' * N}x", id="a heading of spaces"),
        pytest.param(f"# x{' #' * N}x", id="a heading of marks"),
        pytest.param("=-" * N, id="an underline of two kinds"),
        pytest.param("10 April 2018" * N, id="many dates"),
    ],
)
def test_a_line_of_any_length_is_read_in_time_that_follows_its_length(line):
    """No pattern goes back and forth over what it cannot match: that would take hours."""
    started = time.process_time()
    read_page(f"Pond full\n\n{line}\n\n{STORY}", markdown=True)
    assert time.process_time() - started < 2


# -- what the file states ---------------------------------------------------------------------


def test_what_a_file_states_wins_over_what_its_text_shows():
    """Each stated detail is kept; the page fills only what is unknown."""
    stated = Metadata(
        title="Pond",
        publisher="Radio Fernbridge",
        author="Tam Reed",
        published="2018-01",
        published_evidence="metadata",
    )
    text = f"By Nora Quill\n\n{STAMP}\n\n{STORY}\n\nSource: Courier\n\n{ADDRESS}"
    article = described(text, "pond", "pond.md", stated)
    assert article.metadata == Metadata(
        title="Pond",
        publisher="Radio Fernbridge",
        author="Tam Reed",
        published="2018-01",
        published_evidence="metadata",
        url=ADDRESS,
        evidence=(("url", "address line"),),
    )


def test_a_brief_is_not_dated_by_a_line_of_its_text():
    """A date in a brief is its original's, which the file states."""
    article = described(f"Pond\n\n10 April 2018\n\n{STORY}", "p", "p.md", Metadata(kind="brief"))
    assert (article.metadata.published, article.metadata.published_evidence) == (None, None)


# -- Markdown ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("# Pond full", "Pond full"),
        ("## Pond full ##", "Pond full"),
        ("###### Pond in C#", "Pond in C#"),
        ("#", None),
        ("#  ##", None),
        ("# #1 in ponds", "#1 in ponds"),
    ],
)
def test_a_markdown_heading_on_the_first_line_is_the_title(line, title):
    """The marks around it are not part of the title, and the whole line is furniture."""
    text = f"{line}\n\n{STORY}"
    page = read_page(text, markdown=True)
    assert (marked(page, text), page.title) == ([("heading", line)], title)


@pytest.mark.parametrize("underline", ["===", "=", "--", "-----"])
def test_an_underlined_line_is_a_heading(underline):
    """Heading and underline are both furniture."""
    text = f"Pond full\n{underline}\n\n{STORY}"
    page = read_page(text, markdown=True)
    assert marked(page, text) == [("heading", "Pond full"), ("heading", underline)]
    assert page.title == "Pond full"


def test_a_rule_below_a_blank_line_is_no_underline():
    """The paragraph above it stays prose; the rule itself is furniture."""
    text = f"{STORY}\n\n---\n\n{STORY} Nobody swam."
    assert marked(read_page(text, markdown=True), text) == [("heading", "---")]


def test_a_rule_directly_below_a_sentence_is_no_underline():
    """A paragraph is not made a heading by the line that parts it from the next."""
    text = f"{STORY}\n---\n{STORY} Nobody swam."
    page = read_page(text, markdown=True)
    assert (marked(page, text), page.title) == ([("heading", "---")], None)


def test_a_rule_above_everything_is_no_underline():
    """There is nothing that it could underline."""
    text = f"---\n\n{STORY}"
    page = read_page(text, markdown=True)
    assert (marked(page, text), page.title) == ([("heading", "---")], None)


def test_a_heading_further_down_is_furniture_but_not_the_title():
    """A section's heading says nothing about the whole; a headline above it does."""
    text = f"{STORY}\n\n## Background\n\n{STORY} Nobody swam."
    page = read_page(text, markdown=True)
    assert (marked(page, text), page.title) == ([("heading", "## Background")], None)
    assert read_page(f"Pond full\n\n{text}", markdown=True).title == "Pond full"


@pytest.mark.parametrize("line", ["#1 pond in Fernbridge", "####### seven", "C# is a note"])
def test_a_hash_alone_makes_no_heading(line):
    """One to six marks and a space begin a heading, nothing else does."""
    assert read_page(f"{STORY}\n{line}\n{STORY} No.", markdown=True).furniture == ()


def test_plain_text_has_no_headings():
    """A line with # in a .txt file is a line like any other."""
    assert read_page(f"{STORY}\n# Pond full\n{STORY} No.").furniture == ()


def test_a_day_below_the_word_updated_is_none_of_publication():
    """The label may stand on the line above."""
    page = read_page("Weir holds\n\nUpdated\n7 June 2021\n\nThe weir held, the council said.\n")
    assert (page.title, page.published) == ("Weir holds", None)
