"""Which of the words in quotation marks are somebody's, and which are scare quotes and titles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.quotations.attribution import Cue
from corpus.quotations.marks import Habit, Marked
from corpus.quotations.words.verbs import SENSES

# Words. Of a fragment of so many or fewer the place tells whether it is speech; a title is hardly
# longer than eight.
_FRAGMENT = 3
_SHORT = 7
_LONGEST_TITLE = 8
# Words between a verb and a fragment of three words without a stop. In PolNeAR's training part 0.71
# of those at ten words and more are somebody's words, of the nearer ones 0.91.
_FAR = 10
_WORKS = (
    "book|film|movie|show|song|novel|memoir|album|play|series|podcast|documentary|program|programme"
    "|magazine|sitcom|columns?|musical|essay|website"
)
# Words before a title, a name or a term.
_TITLED = re.compile(
    r"(?:\b(?:titled|entitled|called|named|nicknamed|dubbed|known as|aka|so-called|pseudonym|slogan"
    rf"|the (?:term|word|words|phrase|name|nickname)|{_WORKS}|(?:author|anchor|episode|version"
    r"|(?:co-)?hosts?) of|host|on the|on|(?:appearance|interview) (?:on|with)|[A-Z]+['’]s|Fox|FOX"
    r"|ABC|NBC|CBS|CNN|MSNBC|BBC|News)),?\s*$"
)
# A slogan or a headline of another's: "the poster — “No Ladders”".
_BEHIND_DASH = re.compile(r"[—–]\s*$")
# A word right before the mark.
_WORD_BEFORE = re.compile(r"([^\W\d_][\w’'-]*)\s$")
_SO_CALLED = re.compile(r"\bso-\s?called\s*$")
_SMALL = frozenset("a an the of for and or in on at to with from is by as vs".split())


def habit_of_speech(outer: Sequence[Marked]) -> Habit | None:
    """The marks that speech stands in here: most of the words in marks are in these."""
    sizes: dict[Habit, int] = {}
    for each in outer:
        sizes[each.habit] = sizes.get(each.habit, 0) + each.words.end - each.words.start
    return max(sizes.items(), key=lambda item: item[1])[0] if sizes else None


def is_speech(
    text: str, page: str, marked: Marked, habit: Habit | None, cue: Cue | None, *, reported: bool
) -> bool:
    """Whether words in marks are somebody's.

    cue: the reporting verb of the same sentence that they belong to. reported: whether they lie in
    the clause that it reports.
    """
    words = marked.words.of(text)
    number = len(words.split())
    ended = words[-1] in ".,?!…—"
    if text[marked.whole.start - 1 : marked.whole.start] == "=":  # an attribute of markup
        return False
    if marked.habit != habit and number <= _SHORT and (not ended or _is_alone(text, marked)):
        return False
    if words[0].isupper() and _BEHIND_DASH.search(
        text, max(0, marked.whole.start - 3), marked.whole.start
    ):
        return False
    named = cue is not None and cue.sense == "naming" and cue.verb.end <= marked.whole.start
    if number <= _LONGEST_TITLE and _is_title(text, marked, words, named=named):
        return False
    if cue is None:
        return number > (_FRAGMENT if ended else _SHORT)
    if cue.verb.start > marked.whole.end:
        between = page[marked.whole.end : cue.attribution.start]
        return number > _FRAGMENT or not between.strip(" ,\u00a0")
    if number > _FRAGMENT or ended or reported:
        return True
    return len(page[cue.verb.end : marked.whole.start].split()) < _FAR


def _is_title(text: str, marked: Marked, words: str, *, named: bool) -> bool:
    """Whether it is the title of a work, a nickname or a term: every word has a capital, and
    what stands before it says so."""
    before = text[max(0, marked.whole.start - 30) : marked.whole.start]
    if _SO_CALLED.search(before):
        return True
    tokens = words.split()
    if not all(
        not word[0].isalpha() or word[0].isupper() or word.lower() in _SMALL for word in tokens
    ):
        return False
    if _TITLED.search(before):
        return True
    word = _WORD_BEFORE.search(before)
    if word is None or named or word[1] in SENSES:
        return False
    possessed = word[1].endswith(("’s", "'s"))
    return possessed or (len(tokens) > 1 and word[1][0].islower())


def _is_alone(text: str, marked: Marked) -> bool:
    """Whether words in marks are a paragraph of their own: a heading inside the text."""
    start, end = marked.whole.start, marked.whole.end
    return text[start - 1 : start] in {"", "\n"} and text[end : end + 1] in {"", "\n"}
