"""Invented news pages, and strategies for texts of every kind.

The pages hold the difficulties of real ones: Fernbridge, its library and its wardens exist
nowhere else. White space that matters is written out.
"""

from __future__ import annotations

import json

from hypothesis import strategies as st

from corpus import Article, Span, sentence_spans
from corpus.readers import read_jsonl, read_markdown, read_plain

NBSP = "\u00a0"

CAPTION = "Nora Quill says Fernbridge Library is minded to lend ladders and saws as well as novels"

# A headline in straight quotation marks, a caption three times between two paragraphs, two
# no-break spaces, relative dates, speeches over several paragraphs, a quotation inside another
# that is never closed, a slip of the tongue, and no final newline.
CAPTIONED_PAGE = "\n".join(
    [
        "'We should lend ladders as well as novels', says Fernbridge library chair",
        "",
        f"The chair of Fernbridge Library has said branches should stock the{NBSP}{NBSP}tools "
        "which residents need.",
        CAPTION + CAPTION,
        CAPTION,
        "",
        "Nora Quill called the plan bold, but told a Libraries Panel on Monday that the town "
        "should try it.",
        "",
        "So far 31 loans came from 12 branches. Of these, 1,250 were novels.",
        "",
        "The county's policy has been to lend nothing with a blade.",
        "",
        "She said: “The policy of the county is not to lend saws, but we take another view.",
        "",
        "“To my mind a saw is a book with teeth. That is settled here, but it isn’t "
        "settled elsewhere.”",
        "",
        "The head keeper, Ivo Marsh, said: “The Keepers Council is wary of ladders.",
        "",
        "“We tell borrowers that ‘if you climb, we cannot hold the ladder, but do ring the desk "
        "on 101 as most of them will.",
        "",
        "“We must to tell all our borrowers the rules.”",
    ]
)

STAMP = "Fri, 03/09/2018 - 08:15 -- siteadmin"
ADDRESS = "https://courier.example/parks/48213-moth-counters/"

# A content-management stamp in US order (9 March 2018 was a Friday, 3 September a Monday),
# fragments of quotations, no-break spaces around tags, and a footer of source and address.
STAMPED_PAGE = "\n".join(
    [
        "Town ‘moth counters’ invited to join park wardens",
        "",
        STAMP,
        "",
        "Members of ‘moth counter’ clubs could become wardens, a parks officer has suggested.",
        "",
        f"Parks Officer Ines Holm told Radio Fernbridge that the clubs were{NBSP}“intent on "
        f"doing their bit,”{NBSP}and reporting a great many moths.",
        "",
        f"“What we lack is lamps, or people to hold them, so patience is needed,”{NBSP}she said.",
        "",
        "“I would ask every club to send us its lists.”",
        "",
        f"The former warden, Tam Reed, called the count a{NBSP}“flood”{NBSP}and{NBSP}“almost too "
        "much.”",
        "",
        f"“We have no more than 20 lamps left … They simply broke,”{NBSP}he told the Courier.",
        "",
        "Reed wants 2,400 lamps to be bought in April.",
        "",
        "Source: Fernbridge Courier",
        "",
        ADDRESS,
    ]
)


def plain_article(text: str) -> Article:
    """The article of a `.txt` file with this content."""
    return read_plain(text, "page", "page.txt")


def line_span(text: str, number: int) -> Span:
    """The whole of a line, counted from 1 as an editor does."""
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: number - 1])
    return Span(start, start + len(lines[number - 1]))


def sentences(text: str) -> list[str]:
    """The words of each sentence of a text."""
    return [span.of(text) for span in sentence_spans(text, 0, len(text))]


def non_white(text: str) -> set[int]:
    """Where the characters stand that somebody could miss."""
    return {at for at, character in enumerate(text) if not character.isspace()}


_FRAGMENTS = [
    "The council met Mr. Pell at 5 p.m. on Friday. ",
    "Hut No. 10 cost £1,500.50. ",
    "He came from the U.S. in May. ",
    "“It leaks. It has always leaked,” ",
    "“Why?” he asked. ",
    "“We waited.\n\n“Nobody came.”",
    '"No," she said. ',
    "‘Never’",
    "the park … the pond... ",
    "WORDS WITHOUT A STOP ",
    " ".join(["pond"] * 120) + ". ",
    "“", "”", '"', "'", "(", ")", ".", "!", "?", "…", " ",
    "\n", "\n\n", "\r\n", "\r", NBSP, "\u2028", "\u0085", "\t",
    f"\n{CAPTION}{CAPTION}\n", f"\n{CAPTION}\n{CAPTION}\n", f"\n{CAPTION}\n",
    f"\n{STAMP}\n", "\n07/12/2017\n", "\n10 April 2018\n", "\nBy Nora Quill\n",
    "\nFERNBRIDGE (AP) — The park shut. ", "\nSource: Courier\n", f"\n{ADDRESS}\n",
    "\n# A heading\n", "\nA heading\n---\n", "\n- a bullet\n",
    "It was raining on the evening of the vote, and the hall was full of\nwardens",
]  # fmt: skip

# Every string that is a text: no lone surrogates, else all of Unicode.
any_text = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
marks_and_spaces = st.text(alphabet="aA1.!?…:;,“”‘’\"'()[]«»-# \n\r\t\v\f\u0085\u00a0\u2028\u3000")
news_text = st.lists(st.sampled_from(_FRAGMENTS), max_size=30).map("".join)
texts = any_text | marks_and_spaces | news_text


def _markdown_article(text: str) -> Article:
    return read_markdown(f"---\npublisher: Courier\n---\n{text}", "page", "page.md")


def _titled_article(text: str) -> Article:
    record = {"title": text.split("\n", 1)[0], "text": text}
    return read_jsonl(json.dumps(record), "page", "page.jsonl")


readers = st.sampled_from([plain_article, _markdown_article, _titled_article])
articles = st.builds(lambda read, text: read(text), readers, texts.filter(str.strip))
