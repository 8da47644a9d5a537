"""From the content of one file to an article: plain text, Markdown, JSON Lines."""

import json

import pytest

from corpus import Furniture, Metadata, Original, Span, UnreadableFile
from corpus.readers import read_jsonl, read_markdown, read_plain
from tests.corpus.texts import CAPTIONED_PAGE, STAMPED_PAGE, line_span

STORY = "The pond in Quarry Park is full."


def markdown(content: str):
    return read_markdown(content, "parks/pond", "parks/pond.md")


def front_matter(*fields: str):
    return markdown("\n".join(["---", *fields, "---", STORY])).metadata


def record(**fields):
    return read_jsonl(json.dumps({"text": STORY} | fields), "pond#1", "pond.jsonl")


# -- plain text -------------------------------------------------------------------------------


def test_a_plain_article_has_the_id_and_file_that_it_is_given():
    """Its id is not made of its content."""
    article = read_plain(STORY, "000_c0ffee", "000_c0ffee.txt")
    assert (article.article_id, article.file) == ("000_c0ffee", "000_c0ffee.txt")


def test_a_plain_article_is_all_of_its_content():
    """White space at the ends is kept, and a file name is no title."""
    article = read_plain(f"\n {STORY}\u00a0", "pond", "pond.txt")
    assert (article.text, article.metadata) == (f"\n {STORY}\u00a0", Metadata())


def test_a_plain_article_has_no_front_matter():
    """Three hyphens at the head of a .txt file are text."""
    content = f"---\ntitle: Pond\n---\n{STORY}"
    article = read_plain(content, "pond", "pond.txt")
    assert (article.text, article.metadata.title) == (content, None)


@pytest.mark.parametrize("content", ["", " ", "\n\r\n", "\u00a0\u2028\t"], ids=ascii)
@pytest.mark.parametrize(
    ("read", "saved"),
    [
        pytest.param(read_plain, "{}", id="txt"),
        pytest.param(read_markdown, "{}", id="md"),
        pytest.param(read_markdown, "---\ntitle: Pond\n---\n{}", id="md with front matter"),
    ],
)
def test_an_article_of_no_words_is_unreadable(read, saved, content):
    """There is nothing to quote from white space."""
    with pytest.raises(UnreadableFile, match=r"^is empty$"):
        read(saved.format(content), "pond", "pond")


# -- Markdown ---------------------------------------------------------------------------------


def test_front_matter_states_the_metadata_and_the_text_is_what_follows():
    """Offsets count from the first character behind the line that closes it, markup included."""
    article = markdown(
        "---\n"
        "title: Pond “full”\n"
        "publisher: Fernbridge Courier\n"
        "author: Nora Quill\n"
        "published: 2018-04-10\n"
        "url: https://courier.example/pond\n"
        "---\n"
        "\n"
        f"# Pond\n\n{STORY} *Really.*"
    )
    assert article.text == f"\n# Pond\n\n{STORY} *Really.*"
    assert article.furniture == (Furniture(Span(1, 7), "heading"),)
    assert article.metadata == Metadata(
        title="Pond “full”",
        publisher="Fernbridge Courier",
        author="Nora Quill",
        published="2018-04-10",
        published_evidence="metadata",
        url="https://courier.example/pond",
    )
    assert (article.article_id, article.file) == ("parks/pond", "parks/pond.md")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("---\n---\n", id="no fields"),
        pytest.param("---\n\n---\n", id="a blank line"),
        pytest.param("---\n# nothing yet\n---\n", id="a comment"),
        pytest.param("---  \ntitle:\n---\t\n", id="white space behind the hyphens"),
        pytest.param("---\r\ntitle: null\r\n---\r\n", id="CRLF"),
    ],
)
def test_front_matter_may_state_nothing(content):
    """It is no part of the text even when it is empty."""
    article = markdown(content + STORY)
    assert (article.text, article.metadata) == (STORY, Metadata())


def test_front_matter_may_end_the_file_that_then_has_no_text():
    """An article is refused for being empty, not for its front matter."""
    with pytest.raises(UnreadableFile, match=r"^is empty$"):
        markdown("---\ntitle: Pond\n---")


def test_front_matter_ends_at_the_first_line_of_three_hyphens():
    """A rule further down belongs to the text."""
    assert markdown(f"---\ntitle: Pond\n---\n{STORY}\n\n---\n").text == f"{STORY}\n\n---\n"


def test_hyphens_inside_a_field_do_not_close_front_matter():
    """Only a line of its own does."""
    assert front_matter("title: Pond --- full").title == "Pond --- full"


def test_markdown_without_front_matter_is_read_like_a_page():
    """The first heading line or the lines of the page show what they can."""
    article = markdown(
        f"# Pond full\n\nBy Nora Quill\n\n10 April 2018\n\n{STORY}\n\nSource: Courier"
    )
    assert article.text.startswith("# Pond full\n")
    assert article.metadata == Metadata(
        title="Pond full",
        publisher="Courier",
        author="Nora Quill",
        published="2018-04-10",
        published_evidence="dateline: 10 April 2018",
        evidence=(("author", "byline"), ("publisher", "source line"), ("title", "headline")),
    )
    assert [item.kind for item in article.furniture] == [
        "heading", "byline", "dateline", "source line",
    ]  # fmt: skip


@pytest.mark.parametrize("opening", ["---\n", "--- \n", "---\r\n"], ids=ascii)
def test_front_matter_that_is_never_closed_is_refused(opening):
    """Else the fields would be quoted as if they were the article."""
    with pytest.raises(UnreadableFile, match="opens front matter with --- and never closes it"):
        markdown(f"{opening}title: Pond\n\n{STORY}")


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        pytest.param(["title: Pond: full"], 2, id="a colon in the first field"),
        pytest.param(["title: Pond", "author: a: b"], 3, id="a colon in the second"),
        pytest.param(["title: Pond", "", "\tauthor: a"], 4, id="a tab behind a blank line"),
        pytest.param(["title: Pond", "url: @pond"], 3, id="a reserved character"),
    ],
)
def test_the_message_about_broken_front_matter_names_the_line_of_the_file(fields, line):
    """Lines are counted from the first line of the file, as editors do."""
    with pytest.raises(UnreadableFile, match=rf"is not YAML \(line {line} of the file\)$"):
        front_matter(*fields)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param(["just words"], id="words"),
        pytest.param(["- title", "- author"], id="a list"),
    ],
)
def test_front_matter_that_is_no_list_of_fields_is_refused(fields):
    """YAML it may be, but it states nothing."""
    with pytest.raises(UnreadableFile, match="is not a list of fields such as `title: …`"):
        front_matter(*fields)


def test_an_alias_is_refused_with_its_line():
    """A few of them could unfold to gigabytes; the message says how to write it instead."""
    message = r"has a YAML alias \(\*\) in its front matter \(line 3 of the file\); write the value"
    with pytest.raises(UnreadableFile, match=message):
        front_matter("title: &pond Pond", "publisher: *pond")


def test_a_value_that_begins_with_an_asterisk_can_be_written_in_quotation_marks():
    """As the message about aliases says."""
    assert front_matter('title: "*Pond* full"').title == "*Pond* full"


def test_front_matter_of_more_than_a_page_of_fields_is_refused():
    """64 Ki characters are read, one more is not."""
    room = 64 * 1024 - len("x: \ntitle: a\n")
    assert front_matter("x: " + "x" * room, "title: a").title == "a"
    with pytest.raises(UnreadableFile, match="has front matter of 65537 characters"):
        front_matter("x: " + "x" * (room + 1), "title: a")


@pytest.mark.parametrize(
    "field",
    [
        pytest.param("title: " + "[" * 2000, id="never closed"),
        pytest.param("title: " + "[" * 2000 + "]" * 2000, id="closed"),
    ],
)
def test_front_matter_of_endless_brackets_is_refused(field):
    """Nesting beyond reason is no crash."""
    with pytest.raises(UnreadableFile, match="is not YAML"):
        front_matter(field)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        pytest.param("2018-04-10", "2018-04-10", id="a date"),
        pytest.param("2018-04", "2018-04", id="a month"),
        pytest.param("1.10", "1.10", id="a number with a zero behind"),
        pytest.param("007", "007", id="a number with zeros before"),
        pytest.param("12:30", "12:30", id="a clock time"),
        pytest.param("1_000", "1_000", id="an underscore"),
        pytest.param("No", "No", id="a word that YAML takes for false"),
        pytest.param("on", "on", id="a word that YAML takes for true"),
        pytest.param("0x" + "f" * 5000, "0x" + "f" * 5000, id="a number beyond printing"),
        pytest.param("!!timestamp April", "April", id="tagged as a date that it is not"),
        pytest.param("!!python/object:os.system x", "x", id="tagged as an object"),
    ],
)
def test_a_value_of_front_matter_stays_what_was_written(written, title):
    """YAML's own ideas of numbers, dates and truth do not apply."""
    assert front_matter(f"title: {written}").title == title


@pytest.mark.parametrize("nothing", ["null", "Null", "NULL", "~", "", '""', "' '"])
def test_a_field_may_be_left_open(nothing):
    """Unknown is None."""
    assert front_matter("title: Pond", f"author: {nothing}", f"published: {nothing}") == Metadata(
        title="Pond"
    )


def test_a_month_of_publication_stays_a_month():
    """`published: 2018-04` is not made a day or a number."""
    metadata = front_matter("published: 2018-04")
    assert (metadata.published, metadata.published_evidence) == ("2018-04", "metadata")


@pytest.mark.parametrize("written", ["07/12/2017", "recently", "2018-02-30"])
def test_a_stated_date_that_leaves_the_day_open_is_unknown(written):
    """It has no evidence then either."""
    metadata = front_matter(f"date: {written}")
    assert (metadata.published, metadata.published_evidence) == (None, None)


def test_a_brief_names_the_original_that_it_is_about():
    """The original's details stay apart from the brief's own."""
    assert front_matter(
        "kind: brief",
        "title: Pond filled by May",
        'publisher: "On the Record (brief)"',
        "original:",
        "  title: Pond to be filled",
        "  publisher: Fernbridge Courier",
        "  author: null",
        '  published: "2018-04"',
        "  url: https://courier.example/pond",
    ) == Metadata(
        title="Pond filled by May",
        publisher="On the Record (brief)",
        kind="brief",
        original=Original(
            title="Pond to be filled",
            publisher="Fernbridge Courier",
            published="2018-04",
            url="https://courier.example/pond",
        ),
    )


def test_a_brief_without_a_publisher_is_this_projects():
    """So that it is never taken for somebody else's article."""
    assert front_matter("kind: brief").publisher == "On the Record (brief)"


@pytest.mark.parametrize("kind", ["kind: article", "kind: null", "title: Pond"])
def test_what_is_not_called_a_brief_is_an_article(kind):
    """Article is the kind that needs no statement."""
    assert front_matter(kind).kind == "article"


@pytest.mark.parametrize("kind", ["summary", "Brief", "[brief]"])
def test_an_unknown_kind_is_refused(kind):
    """How a text may be quoted depends on it, so it is not guessed."""
    with pytest.raises(UnreadableFile, match=r"has the kind .*; it must be article or brief"):
        front_matter(f"kind: {kind}")


def test_an_original_that_is_only_words_is_unknown():
    """A value of an unexpected shape states nothing."""
    assert front_matter("original: the Courier").original is None


# -- JSON Lines -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["text", "content", "body", "article", "article_text", "full_text"]
)
def test_the_text_is_found_under_its_usual_names(name):
    """Exports call it differently."""
    article = read_jsonl(json.dumps({name: STORY, "note": "no text"}), "pond#1", "pond.jsonl")
    assert article.text == STORY


def test_the_text_is_the_decoded_string():
    """Escapes are JSON's and no part of the text; its line ends become LF."""
    line = r'{"text": "\u201cQuack,\u201d\u00a0he said.\r\n\r\nIt \"rained\" \ud83e\udd86."}'
    assert (
        read_jsonl(line, "p#1", "p.jsonl").text
        == '“Quack,”\u00a0he said.\n\nIt "rained" \U0001f986.'
    )


@pytest.mark.parametrize("name", ["article_id", "id", "_id", "doc_id", "guid"])
@pytest.mark.parametrize(("value", "article_id"), [("parks/9", "parks/9"), (9, "9"), (0, "0")])
def test_a_record_may_have_an_id_of_its_own(name, value, article_id):
    """Strings and numbers name articles."""
    assert record(**{name: value}).article_id == article_id


@pytest.mark.parametrize(
    "fields", [{}, {"id": None}, {"id": ""}, {"id": True}, {"_id": {}}], ids=str
)
def test_a_record_without_an_id_is_named_by_its_place(fields):
    """The reader of the folder gives FILE#LINE."""
    assert record(**fields).article_id == "pond#1"


@pytest.mark.parametrize(
    ("names", "field"),
    [
        ("title headline name", "title"),
        ("publisher source outlet site site_name newspaper publication", "publisher"),
        ("author authors byline creator", "author"),
        ("url link canonical_url source_url web_url", "url"),
    ],
)
def test_details_are_found_under_their_usual_names(names, field):
    """A detail is the same whatever the export calls it."""
    for name in names.split():
        assert getattr(record(**{name: "Pond"}).metadata, field) == "Pond"


@pytest.mark.parametrize(
    "name",
    ["published", "date", "published_at", "date_published", "publication_date", "publish_date",
     "pub_date", "datePublished", "publishedAt", "pubDate"],
)  # fmt: skip
def test_the_date_is_found_under_its_usual_names(name):
    """What it rests on is the field."""
    metadata = record(**{name: "Tue, 10 Apr 2018 09:25:00 GMT"}).metadata
    assert (metadata.published, metadata.published_evidence) == ("2018-04-10", "metadata")


@pytest.mark.parametrize(
    ("value", "author"),
    [
        pytest.param("Nora  Quill\n", "Nora Quill", id="words, with single spaces"),
        pytest.param(["Nora Quill", "Ivo Marsh"], "Nora Quill, Ivo Marsh", id="a list"),
        pytest.param([{"name": "Nora Quill"}, "", None], "Nora Quill", id="a list of objects"),
        pytest.param({"name": "Nora Quill", "age": 40}, "Nora Quill", id="an object"),
        pytest.param(1984, None, id="a number"),
        pytest.param(10**40, None, id="a number beyond printing"),
        pytest.param(-(10**40), None, id="and below zero"),
        pytest.param([], None, id="an empty list"),
        pytest.param({"age": 40}, None, id="an object without a name"),
        pytest.param(True, None, id="a truth value"),
        pytest.param(float("nan"), None, id="NaN, as data frames write what is missing"),
        pytest.param([[["Nora Quill"]]], None, id="lists in lists"),
    ],
)
def test_an_author_may_be_written_in_several_ways(value, author):
    """Names are put together with commas; a value of an unexpected shape is unknown."""
    assert record(author=value).metadata.author == author


def test_a_detail_that_is_nested_beyond_reason_is_unknown():
    """It costs neither the article nor the program."""
    depth = 400
    line = (
        f'{{"text": "{STORY}", "title": {"[" * depth}1{"]" * depth}, "url": "https://a.example"}}'
    )
    metadata = read_jsonl(line, "p#1", "p.jsonl").metadata
    assert (metadata.title, metadata.url) == (None, "https://a.example")


def test_details_inside_metadata_count_like_those_beside_the_text():
    """BEIR files keep them there; one that stands in both places is taken from outside."""
    article = record(
        _id="doc9",
        title="Pond",
        metadata={
            "title": "Lake",
            "publisher": "Courier",
            "date": "2018",
            "url": "https://a.example",
        },
    )
    assert article.article_id == "doc9"
    assert article.metadata == Metadata(
        title="Pond",
        publisher="Courier",
        published="2018",
        published_evidence="metadata",
        url="https://a.example",
    )


@pytest.mark.parametrize("metadata", [{}, None, "none", ["Courier"]], ids=str)
def test_metadata_of_another_shape_states_nothing(metadata):
    """An empty object is BEIR's usual one."""
    assert record(title="Pond", metadata=metadata).metadata == Metadata(title="Pond")


def test_a_record_can_be_a_brief():
    """With an original as in front matter."""
    metadata = record(kind="brief", original={"title": "Pond", "published": "2018-04"}).metadata
    assert (metadata.kind, metadata.dated) == ("brief", "2018-04")
    assert metadata.original == Original(title="Pond", published="2018-04")


def test_the_text_of_a_record_is_read_like_a_page():
    """Headline, stamp and footer are furniture, and show what the record does not state."""
    article = record(text=STAMPED_PAGE, publisher="Radio Fernbridge")
    assert [item.span for item in article.furniture] == [
        line_span(STAMPED_PAGE, number) for number in (1, 3, 19, 21)
    ]
    assert article.metadata.publisher == "Radio Fernbridge"
    assert article.metadata.published == "2018-03-09"


@pytest.mark.parametrize("page", [CAPTIONED_PAGE, STAMPED_PAGE], ids=["captioned", "stamped"])
def test_a_page_is_the_same_article_in_every_format(page):
    """Text, furniture and what the page shows do not depend on how it is kept."""
    plain = read_plain(page, "page", "page")
    assert read_markdown(page, "page", "page") == plain
    assert read_jsonl(json.dumps({"text": page}), "page", "page") == plain


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param('{"text": "The pond', "is not JSON; the line may be cut off", id="cut off"),
        pytest.param("pond", "is not JSON; the line may be cut off", id="words"),
        pytest.param("[" * 100_000, "is nested too deeply", id="brackets"),
        pytest.param('["The pond"]', "is JSON, but not an object with fields", id="a list"),
        pytest.param("null", "is JSON, but not an object with fields", id="null"),
        pytest.param('{"title": "Pond"}', "has no text; it was looked for under text, content, "
                     "body, article, article_text, full_text", id="no text"),
        pytest.param('{"text": ["The pond"]}', "has no text;", id="a text that is a list"),
        pytest.param('{"text": " \\n"}', "is empty", id="an empty text"),
        pytest.param('{"text": "a", "kind": "summary"}', "has the kind 'summary'", id="kind"),
        pytest.param('{"text": "a", "n": ' + "9" * 5000 + "}", "is not JSON", id="huge number"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_article_is_refused_with_the_reason(line, reason):
    """The reason is for the person who looks at that line."""
    with pytest.raises(UnreadableFile, match=f"^{reason}"):
        read_jsonl(line, "pond#1", "pond.jsonl")


@pytest.mark.parametrize("name", ["text", "title", "id", "author", "url", "publisher"])
def test_half_a_surrogate_pair_anywhere_makes_a_record_unreadable(name):
    """JSON can write one, but neither a text nor a detail can hold it."""
    with pytest.raises(UnreadableFile, match="holds half of a surrogate pair"):
        record(**{name: "Pond \ud83e"})


def test_half_a_surrogate_pair_in_front_matter_makes_an_article_unreadable():
    """YAML can write one too."""
    with pytest.raises(UnreadableFile, match="holds half of a surrogate pair"):
        front_matter(r'title: "Pond \ud83e"')
