"""A saved web page becomes the words of its article, and details with their evidence."""

from __future__ import annotations

import json
import socket
import unicodedata
from statistics import mean

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus import UnreadableFile
from corpus.extraction import Extracted
from corpus.extraction.html import extract_html
from tests.judged_pages import judged_pages, word_f1

HEADLINE = "Sedge Lane flood barrier holds"
PARAGRAPHS = (
    "The flood barrier at Sedge Lane held through the night, the council said on Monday, although"
    " the river rose to within a hand of the top.",
    "“We had forty volunteers on the wall,” said Marian Oakes, who leads the parish council."
    " “Nobody slept, and nobody complained.”",
    "Engineers will look at the gates on Wednesday. A second barrier was promised in the spring and"
    " has not been started.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
TEXT = "\n\n".join(PARAGRAPHS)


def page(head: str = "", body: str = f"<article><h1>{HEADLINE}</h1>{BODY}</article>") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def json_ld(*objects: object) -> str:
    return "".join(
        f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in objects
    )


def extracted(head: str = "", **body: str) -> Extracted:
    return extract_html(page(head, **body))


def evidence(found: Extracted) -> dict[str, str]:
    return dict(found.metadata.evidence)


NEWS = f"""
<div id="cookie-banner" class="cookie-consent"><p>We use cookies to make this site work and to
show you adverts. Choose which ones you accept.</p><button>Accept all</button></div>
<header><a href="/">Wexcombe Herald</a><nav><ul><li><a href="/news">News</a></li>
<li><a href="/sport">Sport</a></li><li><a href="/weather">Weather</a></li></ul></nav></header>
<main><article><h1>{HEADLINE}</h1>
<div class="share-buttons"><a href="#">Share on Facebook</a> <a href="#">Tweet</a></div>
{BODY}
</article>
<aside class="related"><h2>Read more</h2><ul>
<li><a href="/a">Tram drivers in Marlow Bay vote to strike over rotas</a></li>
<li><a href="/b">Mill at Wexcombe opens after three years of repairs</a></li></ul></aside></main>
<footer><p>© 2019 Wexcombe Herald. All rights reserved.</p><a href="/privacy">Privacy</a></footer>
"""


def test_the_text_is_the_article_and_nothing_else() -> None:
    """Menus, cookie banners, share buttons, related links and footers are left out, and the
    headline is only the title."""
    found = extracted("<title>Home</title>", body=NEWS)
    assert found.text == TEXT
    assert found.metadata.title == HEADLINE


def test_teasers_in_article_elements_of_their_own_are_left_out() -> None:
    teaser = "<article><h2>Mill opens</h2><p>The mill at Wexcombe opens on Friday after three years"
    teasers = f"{teaser} of repairs, and the miller is glad of it.</p></article>"
    assert extracted(body=f"<article><h1>{HEADLINE}</h1>{BODY}</article>{teasers}").text == TEXT


def test_a_linked_phrase_stays_in_its_sentence() -> None:
    """The sentence is quoted as the page shows it, whatever stands in links or in bold."""
    sentence = "Ministers said that the <b>council <a href='/x'>will pay for the repairs</a></b> of"
    body = f"<article>{BODY}<p>{sentence} every gate.</p>{BODY[:0]}</article>"
    last = extracted(body=body).text.split("\n\n")[-1]
    assert last == "Ministers said that the council will pay for the repairs of every gate."


def test_characters_stay_as_they_are() -> None:
    """No-break spaces, curly marks, a decomposed accent and an ellipsis are the page's words."""
    decomposed = unicodedata.normalize("NFD", "Zoë")
    said = (
        f"“It cost £1\u00a0500…” said {decomposed}, ‘with’ a soft\u00adhyphen and no regret at all."
    )
    assert extracted(body=f"<article>{BODY}<p>{said}</p></article>").text.endswith(f"\n\n{said}")


def test_white_space_is_laid_out_as_a_browser_does() -> None:
    """Runs of white space are one space; a line break is a newline, two part paragraphs."""
    first, second, third = PARAGRAPHS
    body = f"<div>{first.replace(' ', '  ')}<br>{second}<br />\r\n<br>\f{third}</div>"
    assert extracted(body=body).text == f"{first}\n{second}\n\n{third}"


def test_what_is_hidden_is_not_quoted() -> None:
    hidden = "<span hidden>never</span><span style='display: none'>never</span><!-- never -->"
    body = BODY.replace("the council said", f"{hidden}the <script>never()</script>council said")
    assert extracted(body=f"<article>{body}</article>").text == TEXT


def test_cells_of_a_row_stand_on_one_line() -> None:
    table = (
        "<table><tr><th>Gate</th><th>Height in metres</th></tr><tr><td>North gate</td>"
        "<td>3.4</td></tr><tr><td>South gate at the mill</td><td>3.1</td></tr></table>"
    )
    found = extracted(body=f"<article>{BODY}{table}{BODY[:0]}</article>").text
    assert found.endswith("South gate at the mill\t3.1")


def test_right_to_left_text_is_kept_in_its_order() -> None:
    hebrew = "המועצה אמרה ביום שני כי המחסום החזיק מעמד לאורך כל הלילה למרות שהנהר עלה. "
    body = f"<article><h1>מחסום</h1><p>{hebrew * 2}</p><p>{hebrew}סוף.</p></article>"
    head = "<title>מחסום</title>"
    found = extracted(head, body=body)
    assert found.text == f"{hebrew * 2}".strip() + f"\n\n{hebrew}סוף."
    assert found.metadata.title == "מחסום"


def test_a_page_that_a_script_fills_gives_the_text_that_it_states() -> None:
    """The text is then not what the page shows, which is kept as its evidence."""
    stated = json_ld({"@type": "NewsArticle", "headline": HEADLINE, "articleBody": TEXT})
    found = extracted(stated, body='<div id="app">Please enable scripts.</div>')
    assert found.text == TEXT
    assert evidence(found)["text"] == "metadata: JSON-LD articleBody"


# Encodings


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "iso-8859-1"),
        ("utf-8", "utf-8"),
        ("utf-8", "no-such-encoding"),
        ("utf-8-sig", "koi8-r"),
        ("utf-16", "utf-8"),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "utf-8"),
        ("cp1252", "base64"),
        ("cp1252", "unicode_escape"),
        ("cp1252", "windows-1252"),
    ],
)
def test_the_encoding_is_told_whatever_is_declared(encoding: str, declared: str) -> None:
    """A byte-order mark wins, then valid UTF-8, then the declaration, then what it looks like."""
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    assert extract_html(page(head).decode().encode(encoding)).text == TEXT


def test_a_declared_encoding_is_used_where_the_bytes_are_not_utf_8() -> None:
    sentence = "Совет сообщил в понедельник, что барьер у реки выдержал ночь, хотя вода поднялась. "
    written = page(
        '<meta charset="windows-1251">', body=f"<article><p>{sentence * 3}</p></article>"
    )
    assert extract_html(written.decode().encode("cp1251")).text == (sentence * 3).strip()


def test_broken_utf_8_inside_the_article_is_refused() -> None:
    """Elsewhere on the page it costs nothing, since it is not quoted."""
    whole = page("<title>x</title>")
    with pytest.raises(UnreadableFile, match="is UTF-8 but broken at byte"):
        extract_html(whole.replace(b"forty", b"fort\xff"))
    assert extract_html(whole.replace(b"<title>x", b"<title>x\xff")).text == TEXT


def test_references_to_controls_are_read_as_browsers_do() -> None:
    body = BODY.replace("hand of", "hand&#146;s breadth of").replace("top.", "top&#8211;&#x7;.")
    text = extracted(body=f"<article>{body}</article>").text
    assert "a hand’s breadth of the top–.\n" in text


# Title


@pytest.mark.parametrize(
    ("head", "title", "place"),
    [
        (f'<meta property="og:title" content="{HEADLINE}"><title>x</title>', HEADLINE, "og:title"),
        (json_ld({"@type": "NewsArticle", "headline": HEADLINE}), HEADLINE, "JSON-LD headline"),
        (f"<title>{HEADLINE}</title>", HEADLINE, "title element"),
        (
            f'<meta property="og:site_name" content="Herald"><title>{HEADLINE} | Herald</title>',
            HEADLINE,
            "title element",
        ),
        (
            f"<meta property='og:site_name' content='Herald'><title>Herald - {HEADLINE}</title>",
            HEADLINE,
            "title element",
        ),
        (f"<title>{HEADLINE} - Herald</title>", f"{HEADLINE} - Herald", "title element"),
        ("<title>Herald</title><meta property='og:site_name' content='Herald'>", "Herald", "title"),
        ('<meta property="og:title" content="Oakes &amp;amp; Co">', "Oakes & Co", "og:title"),
    ],
)
def test_the_title_is_the_headline_without_the_name_of_the_site(
    head: str, title: str, place: str
) -> None:
    """The site's name goes only where the page states it."""
    found = extracted(head, body=f"<article>{BODY}</article>")
    assert found.metadata.title == title
    assert place in evidence(found)["title"]


def test_a_suffix_goes_where_the_page_has_the_rest_as_its_heading() -> None:
    assert extracted(f"<title>{HEADLINE} - News - Herald</title>").metadata.title == HEADLINE


def test_a_logo_that_is_a_heading_is_no_title() -> None:
    head, body = f"<title>{HEADLINE} - Herald</title>", f"<h1>Herald</h1><article>{BODY}</article>"
    assert extracted(head, body=body).metadata.title == HEADLINE


def test_a_page_without_a_title_has_its_first_heading() -> None:
    found = extracted(body=f"<div><h2>{HEADLINE}</h2>{BODY}</div>")
    assert found.metadata.title == HEADLINE
    assert evidence(found)["title"] == "page: heading"


def test_a_page_without_any_heading_has_no_title() -> None:
    assert extracted(body=f"<div>{BODY}</div>").metadata.title is None


# Author, publisher, address


@pytest.mark.parametrize(
    ("head", "author"),
    [
        (json_ld({"@type": "NewsArticle", "author": {"@type": "Person", "name": "Jo Hay"}}),
         "Jo Hay"),
        (json_ld({"@type": ["NewsArticle"], "author": ["Jo Hay", {"name": "Al Ray"}]}),
         "Jo Hay, Al Ray"),
        (json_ld({"@graph": [{"@type": "Person", "@id": "#jo", "name": "Jo Hay"},
                             {"@type": "Article", "author": {"@id": "#jo"}}]}), "Jo Hay"),
        (json_ld([{"@type": "BreadcrumbList"}, {"@type": "BlogPosting", "author": "Jo Hay"}]),
         "Jo Hay"),
        ('<script type="application/ld+json">{"author": broken</script>'
         '<meta name="author" content="Jo Hay">', "Jo Hay"),
        ('<meta property="article:author" content="https://www.facebook.com/johay">', None),
        ('<meta name="author" content="@johay">', None),
        ("", None),
    ],
)  # fmt: skip
def test_the_author_is_what_the_page_states(head: str, author: str | None) -> None:
    """From JSON-LD in every form that sites write, or meta elements; a profile is no name."""
    assert extracted(head).metadata.author == author


def test_an_author_is_found_in_the_byline() -> None:
    byline = '<p class="byline">By Jo Hay, health editor</p>'
    found = extracted(body=f"<article><h1>{HEADLINE}</h1>{byline}{BODY}</article>")
    assert found.metadata.author == "By Jo Hay, health editor"
    assert evidence(found)["author"] == "page: By Jo Hay, health editor"


def test_details_of_another_article_are_not_taken() -> None:
    """Of several articles that a page states, the one with its headline counts."""
    other = {"@type": "NewsArticle", "headline": "Mill opens", "author": "Al Ray"}
    own = {"@type": "NewsArticle", "headline": HEADLINE, "author": "Jo Hay"}
    assert extracted(json_ld(other, own)).metadata.author == "Jo Hay"
    assert extracted(json_ld(other, {**other, "headline": "Trams stop"})).metadata.author is None


def test_the_publisher_is_the_name_that_the_page_states() -> None:
    stated = json_ld({"@type": "NewsArticle", "publisher": {"name": "Herald Group"}})
    named = '<meta property="og:site_name" content="Wexcombe Herald">'
    found = extracted(stated + named)
    assert found.metadata.publisher == "Wexcombe Herald"
    assert evidence(found)["publisher"] == "metadata: og:site_name"
    assert extracted(stated).metadata.publisher == "Herald Group"
    assert extracted().metadata.publisher is None


SAVED = "<!-- saved from url=(0030)https://herald.example/barrier -->"


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="https://herald.example/a">', "https://herald.example/a"),
        ('<meta property="og:url" content="https://herald.example/b">', "https://herald.example/b"),
        (SAVED, "https://herald.example/barrier"),
        (f'{SAVED}<link rel="canonical" href="/c">', "https://herald.example/c"),
        (f'{SAVED}<link rel="canonical" href="https://herald.example/">',
         "https://herald.example/barrier"),
        ("<!--\n Page saved with SingleFile \n url: https://herald.example/s \n-->",
         "https://herald.example/s"),
        ('<link rel="canonical" href="file:///home/jo/page.html">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<link rel="canonical" href="/relative">', None),
        ('<link rel="canonical" href="http://[broken">', None),
        ("", None),
    ],
)  # fmt: skip
def test_the_address_is_the_pages_own(head: str, url: str | None) -> None:
    """Canonical link, og:url, or the comment of the program that saved the page; only the web's."""
    assert extracted(head).metadata.url == url


# Date


def posted(day: str) -> str:
    return f'<meta property="article:published_time" content="{day}">'


def stated(day: str) -> str:
    return json_ld({"@type": "NewsArticle", "datePublished": day})


def at(path: str) -> str:
    return f'<link rel="canonical" href="https://herald.example{path}">'


def dated(line: str) -> str:
    return f"<article><h1>{HEADLINE}</h1>{line}{BODY}</article>"


@pytest.mark.parametrize(
    ("head", "published", "rests_on"),
    [
        (posted("2017-03-04T10:00:00Z"), "2017-03-04",
         "metadata: article:published_time 2017-03-04T10:00:00Z"),
        (stated("2017-03-04"), "2017-03-04", "metadata: JSON-LD datePublished 2017-03-04"),
        (stated("2017-03"), "2017-03", "metadata: JSON-LD datePublished 2017-03"),
        (at("/2018/04/10/barrier"), "2018-04-10", "address: /2018/04/10"),
        (at("/uk/2018/apr/10/barrier"), "2018-04-10", "address: /2018/apr/10"),
        (at("/2018/04/barrier"), "2018-04", "address: /2018/04/"),
        (at("/2018/99/barrier"), None, None),
        ('<meta name="date" content="2017-03-04">', "2017-03-04", "metadata: date 2017-03-04"),
        (posted("07/12/2017"), None, None),
        (posted("1970-01-01T00:00:00Z"), None, None),
        ('<meta property="article:modified_time" content="2019-01-02">', None, None),
        (json_ld({"@type": "NewsArticle", "dateModified": "2019-01-02"}), None, None),
    ],
)  # fmt: skip
def test_a_date_rests_on_what_the_page_states(
    head: str, published: str | None, rests_on: str | None
) -> None:
    """Nothing is guessed, and the day of a change is not that of publication."""
    metadata = extracted(head).metadata
    assert (metadata.published, metadata.published_evidence) == (published, rests_on)


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ('<time datetime="2017-03-04T10:00Z">4 March</time>', "2017-03-04"),
        ('<time itemprop="datePublished" content="2017-03-04">today</time>', "2017-03-04"),
        ('<p class="date">Published on Saturday 4 March 2017</p>', "2017-03-04"),
        ('<p class="meta-date">4. März 2017</p>', "2017-03-04"),
        ('<p class="date">4 de marzo de 2017</p>', "2017-03-04"),
        ('<p class="date">07.12.2017</p>', None),
        ('<p class="date">erschienen 7 12 2017</p>', None),
        ('<p class="date">4 March 2017</p><p class="date">5 May 2018</p>', None),
        ('<p class="date">Last updated 4 March 2017</p>', None),
        ('<p>Updated <time datetime="2017-03-04">4 March</time></p>', None),
        ('<time class="modified" datetime="2017-03-04">4 March</time>', None),
        ('<aside><time datetime="2017-03-04">4 March</time></aside>', None),
        ('<div class="related"><time datetime="2017-03-04">4 March</time></div>', None),
        ("<p>The inquest of 4 March 2017 was adjourned until the spring.</p>", None),
    ],
)
def test_a_date_that_is_shown_counts_where_it_says_what_it_is(
    line: str, published: str | None
) -> None:
    """A marked time or the one stamp beside the headline; no other date of the page."""
    assert extracted(body=dated(line)).metadata.published == published


def test_the_day_of_a_change_is_not_taken_from_what_is_shown() -> None:
    changed = '<meta property="article:modified_time" content="2019-01-02">'
    line = '<time datetime="2019-01-02">2 January</time><p class="date">2 January 2019</p>'
    assert extracted(changed, body=dated(line)).metadata.published is None
    said = '<p class="date">Published: 2 January 2019</p>'
    assert extracted(changed, body=dated(said)).metadata.published == "2019-01-02"


def test_dates_that_contradict_each_other_are_decided_by_a_third() -> None:
    """By the address or a time that is shown."""
    head = stated("2017-03-04") + posted("2019-01-20") + at("/2019/01/20/barrier")
    metadata = extracted(head).metadata
    assert metadata.published == "2019-01-20"
    assert metadata.published_evidence == (
        "metadata: article:published_time 2019-01-20; address: /2019/01/20"
    )


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [
        ("2017-03-04", "2019-01-20", None),
        ("2017-03-04", "2017-09-20", "2017"),
        ("2017-03-04", "2017-03-20", "2017-03"),
        ("2017-03-04T23:30:00Z", "2017-03-05T00:30:00+01:00", "2017-03-04"),
    ],
)
def test_of_dates_that_contradict_each_other_what_they_share_is_known(
    one: str, other: str, published: str | None
) -> None:
    """One day apart they tell the same moment in two time zones."""
    assert extracted(stated(one) + posted(other)).metadata.published == published


# What is no article


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "holds no markup"),
        (b"Just words, as in a text file, and no page.", "holds no markup"),
        (b"%PDF-1.7 \x00\x01 <p>", "is binary"),
        (b"<html></html>", "holds no article"),
        (page(body="<p>Sign in</p>"), "holds no article"),
        (page(body="<ul>" + "<li><a href=/x>Flood barrier news from all parishes</a>" * 40),
         "holds no article"),
        (page(body="<div>" * 5000 + BODY), "is nested too deeply"),
    ],
)  # fmt: skip
def test_a_file_without_an_article_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        extract_html(data)


def test_nesting_that_browsers_bear_is_read_to_its_end() -> None:
    """Old pages leave a `font` open in every paragraph."""
    body = "<font><i>" * 300 + BODY
    assert extracted(body=body).text == TEXT


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even a page that is only an address, or one that names others."""

    def refuse(*_: object) -> None:
        pytest.fail("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    elsewhere = "https://herald.example/2018/04/10/barrier"
    head = f'<base href="{elsewhere}"><link rel="canonical" href="{elsewhere}">'
    body = f'<article><iframe src="{elsewhere}"></iframe><img src="{elsewhere}">{BODY}</article>'
    assert extracted(head + stated("on 4 March"), body=body).text == TEXT
    with pytest.raises(UnreadableFile):
        extract_html(elsewhere.encode())


def test_one_page_leaves_nothing_behind_for_the_next() -> None:
    assert [extracted().text for _ in range(5)] == [TEXT] * 5


# Promises


_PIECES = st.sampled_from(
    [
        *(part.encode() for part in PARAGRAPHS),
        *b"<p>|</p>|<div>|</div>|<br>|<table><tr><td>|</table>|<article>|</article>|<h1>|<q>|<pre>"
        b"|<!--|-->|<a href=x>|</a>|<script type=application/ld+json>|</script>|<time datetime="
        b"|2017-03-04|>|&#0;|&#xD800;|&#12;|&nbsp;|<svg>|<title>|<meta charset=|utf-16|<body>"
        b'|<meta name=author content="|"|{"@type":"NewsArticle","author":|[|]|}|<ul><li>|<frameset>'
        b"|<p class=date>|4. M\xc3\xa4rz 2017|\xff|\xed\xa0\x80|\r|\x0c".split(b"|"),
    ]
)


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=200)
    | st.lists(_PIECES, max_size=40).map(lambda pieces: b"<html>" + b"".join(pieces))
    | st.binary(max_size=60).map(lambda noise: page().replace(b"river", noise))
)
@example(b"<html><p>" + b"\xed\xa0\x80" * 100)
def test_any_bytes_give_an_article_or_a_reason(data: bytes) -> None:
    """And what is given can be stored: no surrogates, no controls, plain newlines."""
    try:
        found = extract_html(data)
    except UnreadableFile:
        return
    assert found.text.strip()
    for words in (found.text, found.metadata.title or "", found.metadata.author or ""):
        words.encode("utf-8")
        assert not set(words) & set("\0\r\f\v\x85\u2028\u2029")


# Measured


def test_real_pages_give_their_main_text_and_a_title(evaluation_data) -> None:
    """Mean F1 of words against what people wrote out (0.982 when this was written)."""
    scores = {}
    for name, data, main_text in judged_pages(evaluation_data):
        found = extract_html(data)
        scores[name] = word_f1(found.text, main_text)
        assert found.metadata.title, name
    assert len(scores) == 40
    assert mean(scores.values()) >= 0.95


STORY = f"<article><h1>{HEADLINE}</h1>{BODY}</article>"


@pytest.mark.parametrize(
    "body",
    [
        dated("").replace(
            "</article>",
            "<p>The hearing in the county court of Elmbridge, which many residents are going to "
            "attend, is on <time datetime='2023-08-09'>9 August 2023</time>.</p></article>",
        ),
        STORY + "<section><h2>More</h2><article><h3>Old one</h3>"
        "<time datetime='2013-08-09'>9 August 2013</time></article></section>",
        "<header><time datetime='2026-11-01'>1 November 2026</time></header>" + STORY,
        dated("<span>Updated <time datetime='2021-06-07'>7 June 2021</time></span>")
        + "<article><h2>Other</h2><time datetime='2015-01-02'>2 Jan 2015</time></article>",
        dated("<time class='dt-updated' datetime='2021-06-07'>7 June 2021</time>"),
        dated("<dl><dt>Last updated</dt><dd><time datetime='2021-06-07'>7 June</time></dd></dl>"),
        dated("<p>Reviewed: <time datetime='2021-06-08'>8 June 2021</time></p>"),
    ],
    ids=["event", "teaser", "masthead", "other article", "class", "term", "review"],
)
def test_a_day_that_is_not_the_articles_is_not_its_date(body: str) -> None:
    """An event in the prose, another story, the day of the visit, and every kind of change."""
    assert extracted(body=body).metadata.published is None


def test_a_time_beside_the_headline_is_the_date() -> None:
    """Inside the article, or in a header around the headline."""
    time = "<time datetime='2018-04-10'>10 April 2018</time>"
    assert extracted(body=dated(time)).metadata.published == "2018-04-10"
    header = f"<main><header><h1>{HEADLINE}</h1>{time}</header>{BODY}</main>"
    assert extracted(body=header).metadata.published == "2018-04-10"
