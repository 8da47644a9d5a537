"""A saved RSS or Atom feed: each entry an article, in plain paragraphs."""

import socket
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Metadata, Skip, UnreadableFile
from corpus.extraction import Extracted
from corpus.extraction.feed import extract_feed
from corpus.extraction.paragraphs import paragraphs_of


def rss(*items, title="Fernbridge &amp; Courier", head=""):
    listed = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{title}</title>{listed}</channel></rss>"
    ).encode()


def atom(*entries):
    listed = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title>{listed}</feed>'.encode()


def one(data):
    (found,) = extract_feed(data)
    assert isinstance(found, Extracted)
    return found


def test_an_entry_of_rss_is_an_article():
    """With everything that the feed says about it, the full content before the teaser."""
    item = (
        "<title>Pond full</title><guid>pond-1</guid><link>https://courier.example/pond</link>"
        "<author>nora@courier.example (Nora Quill)</author>"
        "<pubDate>Tue, 10 Apr 2018 23:30:00 -0500</pubDate><description>Teaser</description>"
        "<content:encoded><![CDATA[<p>The pond is <b>full</b>.</p><p>Ducks &amp; geese.</p>]]>"
        "</content:encoded>"
    )
    assert one(rss(item)) == Extracted(
        text="The pond is full.\n\nDucks & geese.",
        metadata=Metadata(
            title="Pond full",
            publisher="Fernbridge & Courier",
            author="nora@courier.example (Nora Quill)",
            published="2018-04-10",
            published_evidence="metadata",
            url="https://courier.example/pond",
            evidence=(("publisher", "title of the feed"),),
        ),
        article_id="pond-1",
    )


def test_an_entry_of_atom_is_an_article():
    """Its authors are people with names."""
    entry = (
        '<id>tag:post,1</id><title type="html">Ducks &amp;amp; geese</title>'
        '<link href="https://post.example/ducks"/><published>2018-04-10T23:59:00+01:00</published>'
        "<updated>2019-01-01T00:00:00Z</updated><author><name>Nora Quill</name></author>"
        "<author><name>Ivo Marsh</name></author><content type='xhtml'>"
        "<div xmlns='http://www.w3.org/1999/xhtml'><p>One.</p><p>Two.</p></div></content>"
    )
    found = one(atom(entry))
    assert (found.text, found.article_id) == ("One.\n\nTwo.", "tag:post,1")
    assert found.metadata == Metadata(
        title="Ducks & geese",
        publisher="Post",
        author="Nora Quill, Ivo Marsh",
        published="2018-04-10",
        published_evidence="metadata",
        url="https://post.example/ducks",
        evidence=(("publisher", "title of the feed"),),
    )


def test_an_entry_of_rss_1_is_an_article():
    """Its date stands in Dublin Core, which there is the date of publication."""
    found = one(
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        b'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        b"<channel><title>Post</title></channel><item><title>Pond</title>"
        b"<description>The pond.</description><dc:date>2018-04-10T09:00:00Z</dc:date></item>"
        b"</rdf:RDF>"
    )
    assert (found.text, found.metadata.published) == ("The pond.", "2018-04-10")


def test_the_day_of_a_change_is_not_that_of_publication():
    """An entry that only says when it was updated has no date."""
    found = one(atom("<updated>2019-01-01T00:00:00Z</updated><content>The pond.</content>"))
    assert (found.metadata.published, found.metadata.published_evidence) == (None, None)


def test_a_date_that_tells_no_day_is_left_out_and_told():
    """As in every other format."""
    found = one(rss("<pubDate>07/12/2017</pubDate><description>The pond.</description>"))
    assert found.metadata.published is None
    assert dict(found.metadata.evidence)["published"].startswith('stated as "07/12/2017"')


def test_a_summary_is_the_text_where_there_is_no_other_and_says_so():
    """It may be only the beginning."""
    found = one(rss("<description>The &lt;i&gt;pond&lt;/i&gt; …</description>"))
    assert found.text == "The pond …"
    assert dict(found.metadata.evidence)["text"] == "the summary in the feed"


def test_an_entry_of_another_source_has_its_publisher():
    """Feeds pass on what others published."""
    item = '<source url="https://h.example/feed">Herald</source><description>Pond.</description>'
    found = one(rss(item))
    assert found.metadata.publisher == "Herald"
    assert dict(found.metadata.evidence)["publisher"] == "source of the entry"


def test_text_that_is_no_markup_is_left_as_it_is():
    """Atom can say so."""
    assert one(atom('<content type="text">1 &lt; 2 &amp;amp; 3</content>')).text == "1 < 2 &amp; 3"


def test_entries_without_text_are_named():
    """By their place in the feed; the others are read."""
    found = extract_feed(rss("<title>a</title>", "<description>B.</description>", ""))
    assert [item if isinstance(item, Skip) else item.text for item in found] == [
        Skip("entry 1", "has no text"), "B.", Skip("entry 3", "has no text"),
    ]  # fmt: skip


def test_a_feed_that_is_cut_off_gives_what_can_be_read_and_says_so():
    """Its entries are not lost."""
    found = extract_feed(rss(*[f"<description>Duck {n}.</description>" for n in range(3)])[:-40])
    assert found[0].text == "Duck 0."
    assert found[-1] == Skip("feed", "is not well-formed XML; what could be read of it was read")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_a_feed_is_read_in_the_encoding_that_it_declares(encoding):
    """Or that its byte-order mark shows."""
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    data = rss("<description>Café £5</description>", head=head).decode().encode(encoding)
    assert one(data).text == "Café £5"


_LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hosts">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-7"])
def test_entities_of_a_feeds_own_are_refused(encoding):
    """A few lines of them unfold to gigabytes or read files, in whatever encoding they hide."""
    feed = rss("<description>&b;&c;</description>", head=_LAUGHS).decode()
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
    marked = encoding == "utf-16"
    data = feed.encode(encoding) if marked else declaration + feed.encode(encoding)
    with pytest.raises(UnreadableFile, match=r"^declares XML entities of its own"):
        extract_feed(data)


def test_nothing_is_fetched(monkeypatch):
    """Neither what a feed points to nor a file or address that its bytes might name."""

    def refuse(*_arguments, **_options):
        raise AssertionError

    monkeypatch.setattr(socket, "socket", refuse)
    head = '<!DOCTYPE r SYSTEM "http://a.example/r.dtd">'
    item = '<description>Pond &lt;img src="https://a.example/p.png"&gt;</description>'
    assert one(rss(item, head=head)).text == "Pond"
    for name in (b"http://a.example/feed", b"pyproject.toml", b"/etc/hosts"):
        with pytest.raises(UnreadableFile, match="is no RSS or Atom feed"):
            extract_feed(name)


@pytest.mark.parametrize(
    "data",
    [b"", b"\0\1", b"The pond.", b"<html><body><p>Pond.</p></body></html>", b"<a/>", b"{}"],
    ids=repr,
)
def test_what_is_no_feed_is_refused(data):
    """With a reason; the caller names the file."""
    with pytest.raises(UnreadableFile):
        extract_feed(data)


def test_a_feed_above_the_limit_is_refused(monkeypatch):
    """The message says what to do."""
    monkeypatch.setattr("corpus.extraction.feed.LARGEST_FEED_BYTES", 100)
    with pytest.raises(UnreadableFile, match="split it"):
        extract_feed(rss("<description>Pond.</description>"))


@given(st.binary(max_size=200), st.integers(0, 300))
def test_any_bytes_give_entries_or_a_reason(noise, at):
    """Also in the middle of a feed."""
    feed = rss("<title>Pond</title><description>The pond.</description>")
    with suppress(UnreadableFile):
        assert all(
            isinstance(e, Extracted | Skip) for e in extract_feed(feed[:at] + noise + feed[at:])
        )


# -- paragraphs -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("The pond.", "The pond."),
        ("", ""),
        ("<!-- x -->", ""),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("One.<p>Two.</p>Three.", "One.\n\nTwo.\n\nThree."),
        ("One.<br>Two.<br/><br/>Three.", "One.\nTwo.\n\nThree."),
        ("<p>The <b>po</b>nd\n  is <a href='x'>full</a>.</p>", "The pond is full."),
        ("<p>&ldquo;Caf&eacute;&rdquo;&nbsp;&amp; bar</p>", "“Café”\u00a0& bar"),
        ("<p>a</p><script>b</script><style>c</style><p>d</p>", "a\n\nd"),
        ("a <script>b</script> c", "a c"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"),
        ("<h2>Pond</h2><blockquote><p>It is full.</p></blockquote>", "Pond\n\nIt is full."),
        ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
        ("<p>never closed <i>at all", "never closed at all"),
    ],
)
def test_html_becomes_plain_paragraphs(html, text):
    """No markup, entities decoded, blocks and double breaks separate paragraphs."""
    assert paragraphs_of(html) == text


def test_html_that_is_nested_beyond_reason_is_refused():
    """Words that stand too deep would be lost without a sign."""
    with pytest.raises(UnreadableFile, match="nested too deeply"):
        paragraphs_of("<div>" * 1000 + "The pond.")
