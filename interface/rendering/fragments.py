"""Web addresses that land on quoted words, in browsers that know text fragments.

The text fragment `#:~:text=START,END` (wicg.github.io/scroll-to-text-fragment) names the first and
the last of some words. Each of the two is found only inside one paragraph of the page and only as
whole words; what stands between them does not count.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from corpus import Span
from interface.rendering.wording import web_address
from retrieval import Citation

# At either end. Of the 387 sentences of the starter collection, every one is the first place in its
# article that begins with its first six words; of five words two are not, of four ten.
_END_WORDS = 6
# A stretch with fewer words is passed over where there is a longer one: its words stand in too
# many places, and the mark would begin at the first of them.
_ENOUGH_WORDS = 3
# Longer ones come from a text without spaces, or one made to be long; an address must stay short.
_LONGEST_ANCHOR = 300
# Chromium (tried with 156) takes a no-break space for a space and shows several spaces as one, but
# keeps several in a row if one of them is a no-break space; so do other browsers, and pages differ
# in these. A line or a tab of a text is another paragraph or cell of its page as likely as not.
_BREAK = re.compile(r"[^\S \u00a0\u202f]+|(?=[ \u00a0\u202f]*[\u00a0\u202f])[ \u00a0\u202f]{2,}")


def text_fragment(url: str, words: str) -> str:
    """`url#:~:text=…`, which lands on `words`; a fragment of another kind in `url` is kept.

    `url` itself where `words` give nothing to look for; "" for an address that is not on the web.
    Not for a brief, whose words do not stand in its original.
    """
    address = web_address(url)
    if address is None:
        return ""
    anchors = [_encoded(anchor) for anchor in _anchors(words)]
    if not anchors:
        return address
    page, _, fragment = address.partition("#")
    return f"{page}#{fragment.partition(':~:')[0]}:~:text={','.join(anchors)}"


def landing(citation: Citation) -> Span:
    """The words of a citation that a link to its original lands on: the sentence that matches the
    question best, else the passage."""
    return citation.highlights[0] if citation.highlights else citation.passage.span


def _anchors(words: str) -> list[str]:
    """The words to look for: all of them, or the first and the last few; nothing where these are
    too long."""
    stretches = [found for part in _BREAK.split(words) if (found := part.split())]
    stretches = [each for each in stretches if len(each) >= _ENOUGH_WORDS] or stretches
    if not stretches:
        return []
    first, last = stretches[0], stretches[-1]
    if len(stretches) == 1 and len(first) <= 2 * _END_WORDS:
        anchors = [first]
    else:
        anchors = [first[:_END_WORDS], last[-_END_WORDS:]]
    trimmed = [_trimmed(" ".join(anchor)) for anchor in anchors]
    return trimmed if all(len(anchor) <= _LONGEST_ANCHOR for anchor in trimmed) else []


def _trimmed(words: str) -> str:
    """Without quotation marks and other punctuation at its ends, which pages change, and which are
    no part of a word where browsers look for whole ones."""
    start, end = 0, len(words)
    while start < end and not _in_a_word(words[start]):
        start += 1
    while end > start and not _in_a_word(words[end - 1]):
        end -= 1
    return words[start:end] or words


def _in_a_word(character: str) -> bool:
    return character == "_" or unicodedata.category(character)[0] in "LMN"


def _encoded(words: str) -> str:
    """Percent-encoded; a dash would begin or end a context in the syntax of text fragments."""
    return quote(words, safe="").replace("-", "%2D")
