"""Whether a question leans on the ones before it: rules on its own words, no model.

It leans where it goes on from something ("And in Skerry?"), answers back ("your figure"), has a
pronoun that stands for nothing in it, or says too little to be searched for. A question that
names its subject stands alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index import tokens
from retrieval.questions.question import asks

# Words of a conversation that say nothing of its subject.
SMALL_TALK = frozenset(
    """actually again also already another anyway apart believe besides bit both clarify clear
    confused correct detail details differ different differs earlier else example feel fine first
    good great guess hear heard hello help hi hope information instead interested just last later
    like mean meant means mention mentioned mind more most need next no not now number ok okay one
    ones only other others please question questions really refer referring right said same say
    says see similar some sorry still such sure talk talking than think too true two understand
    want wanted way well wish wow wrong yeah yes""".split()
)

# How a question begins that goes on from another.
_GOES_ON = re.compile(
    r"""(?:and|but|or|so|then|also|only|no|nope|not|yes|yeah|oops|sorry|okay|ok|instead
    |what(?:\ else|'?s?\ about|\ if)|how\ about|who\ else|where\ else|why\ (?:not|is\ that)
    |any(?:thing|one|body)?\ (?:others?|else|more)|i\ (?:mean|meant)|in\ (?:that|this)\ case)\b""",
    re.VERBOSE,
)
# What is said back to an answer, wherever it stands in the question.
_ANSWERS_BACK = re.compile(
    r"""\byou\ (?:just\ )?(?:say|said|mention|mentioned|mean|meant|told|showed|quoted?|cited?)\b
    |\byour\ (?:\w+\ )?(?:answers?|numbers?|figures?|sources?|quotes?|quotations?|statements?
    |reports?|passages?|examples?)\b
    |\bwhich\ (?:(?:one|ones|of\ (?:them|the\ two))\b
    |(?:is|was|are|were)\ (?:it|the\ )?(?:more|less|better|best|right|wrong|correct|true)\b)""",
    re.VERBOSE,
)
# What sets a question beside another. Other questions hold these words too, so only in short ones.
_COMPARES = re.compile(
    r"""\b(?:others|same|similar|such|else|newer|older|agree|agreed|disagree|disagreed|respond
    |react)\b
    |\b(?:all|any|few|many|most|much|none|one|some)\ of\ (?:them|these|those)\b
    |\b(?:too|as\ well|instead|either|earlier|later|before|afterwards?|since|then)\W*$""",
    re.VERBOSE,
)
# A question without a verb that begins so is a part of one: "From Skerry?"
_PART = re.compile(r"(?:any|at|by|during|for|from|in|near|on|since|under|with)\b")
# What asks for a meaning stands alone with one telling word, "the" apart: "What was the outcome?"
_DEFINES = re.compile(
    r"(?:please )?(?:(?:what|who)(?: is| are| was| were|'s|s)|define|explain|tell me about)\b"
    r"(?! the\b)"
)

_POINTING = frozenset("this that these those".split())
_PRONOUNS = _POINTING | frozenset("he she they it him them his their its hers theirs her".split())
_LAST = _POINTING | frozenset("it them him her one ones there".split())
_QUESTION_WORDS = frozenset("who whom whose what when where which why how".split())
_AUXILIARIES = frozenset(
    """is was are were be am do does did has have had can could will would shall should may might
    must isn't wasn't aren't weren't doesn't don't didn't hasn't haven't hadn't can't couldn't
    won't wouldn't shouldn't""".split()
)
_REQUESTS = frozenset(
    """briefly compare define describe discuss explain find give identify list name outline show
    state summarise summarize tell write""".split()
)
# "That" after another word joins clauses: "a law that", "said that".
_BEFORE_POINTING = frozenset(["", *"of about for with to in and by from at on".split()])
# "This year" needs no question before it.
_TIMES = frozenset(
    """century day days decade evening fall half last month months morning past quarter season
    spring summer time week weekend weeks winter year years""".split()
)
# What follows an "it" that stands for nothing: "How long does it take to build a ship?"
_IMPERSONAL = frozenset(
    """about believed better called clear cost costs dark easier essential estimated fair get hard
    harder held illegal important known legal likely mean means necessary possible rain said snow
    take takes true unlikely""".split()
)

# The most telling words that a question may have and still lean, by what makes it lean. Measured
# on the 285 answerable questions of MTRAG-UN, last turns of conversations (nDCG@10), and on 9,911
# questions that were asked alone (SQuAD 2, TREC QA, RealTime QA, CLAP NQ, MultiHop-RAG,
# Cranfield), of which as few as possible should lean:
#                                     MTRAG-UN               asked alone
# nothing leans, everything leans     .820, .899             0%, 100%
# as here                             .884                   0.7%
# without _GOES_ON                    .881                   0.7%
# without _ANSWERS_BACK               .881                   0.7%
# _FRAGMENT 0, 3                      .881, .886             0.7%, 0.7%
# _BESIDE_A_COMPARISON 0, 2, 5        .884, .884, .887       0.6%, 0.6%, 1.0%
# _BESIDE_A_PRONOUN 0, 4, 8, any      .859, .874, .884, .886 0.2%, 0.5%, 0.8%, 0.9%
# _BESIDE_A_LAST_PRONOUN 0, 2, 5      .879, .884, .884       0.7%, 0.7%, 0.7%
# The rules were made with these conversations in sight. On the 47 partly answerable ones, which
# were not, nDCG@10 is .835, and .799 for the last turn alone: too few to be sure.
# Comparisons are rare in that set and common in questions on news, hence 3.
_FRAGMENT = 2
_BESIDE_A_COMPARISON = 3
_BESIDE_A_PRONOUN = 6
_BESIDE_A_LAST_PRONOUN = 3


@dataclass(frozen=True, slots=True)
class _Word:
    """tells: whether it says what is asked for. named: a capital that no sentence begins with."""

    lower: str
    tells: bool
    named: bool


def leans(text: str) -> bool:
    """Whether the question in `text` (one line) leaves its subject to an earlier one."""
    lower = text.casefold().replace("’", "'")
    opening = lower.lstrip(" ,.-–—…\"'“‘")
    if _GOES_ON.match(opening) or _ANSWERS_BACK.search(lower):
        return True
    words = _words(text)
    telling = sum(word.tells for word in words)
    named = any(word.named for word in words)
    if telling == 0:
        return True
    if telling <= _FRAGMENT and _is_fragment(words) and (not named or _PART.match(opening)):
        return True
    if not named and telling == 1 and not _DEFINES.match(opening):
        return True
    if not named and telling <= _BESIDE_A_LAST_PRONOUN and _ends_on_a_pronoun(words):
        return True
    if telling <= _BESIDE_A_COMPARISON and _COMPARES.search(lower):
        return True
    return telling <= _BESIDE_A_PRONOUN and any(
        _points_back(words, at) for at, word in enumerate(words) if word.lower in _PRONOUNS
    )


def _words(text: str) -> list[_Word]:
    said = {token.span.start for token in tokens(text) if not asks(token.span.of(text))}
    silent = _PRONOUNS | _REQUESTS | _AUXILIARIES | SMALL_TALK
    words = []
    for found in re.finditer(r"[^\W_]+(?:['’][^\W_]+)*", text):
        lower = found.group().casefold().replace("’", "'")
        words.append(
            _Word(
                lower=lower,
                tells=found.start() in said and lower not in silent,
                named=is_name(text, found.start()) and lower.split("'")[0] != "i",
            )
        )
    return words


def is_name(text: str, start: int) -> bool:
    """Whether the word that begins at `start` has a capital that no sentence gave it."""
    before = text[:start].rstrip(" \"'“‘(")
    return text[start].isupper() and bool(before) and before[-1] not in ".?!:"


def _is_fragment(words: list[_Word]) -> bool:
    return not any(w.lower in _QUESTION_WORDS | _AUXILIARIES | _REQUESTS for w in words)


def _ends_on_a_pronoun(words: list[_Word]) -> bool:
    if words[-1].lower == "there" and words[-2].lower in _AUXILIARIES:
        return False  # how many are there
    said_before = any(word.tells for word in words[: _asking(words) or 0])
    return words[-1].lower in _LAST and not said_before


def _points_back(words: list[_Word], at: int) -> bool:
    """Whether the pronoun at `at` stands for nothing in its own question."""
    pronoun = words[at].lower
    before, after = words[:at], [*(word.lower for word in words[at + 1 :]), "", ""]
    previous = before[-1].lower if before else ""
    tells_after = any(word.tells for word in words[at + 2 :])
    if pronoun in _POINTING:
        if after[0] in _TIMES or (previous == "of" and after[0]):
            return False
        if pronoun == "that" and previous not in _AUXILIARIES | _BEFORE_POINTING:
            return False
    if pronoun == "it" and after[0] in _IMPERSONAL and tells_after and after[1] != "place":
        return False
    asked = any(word.lower in _QUESTION_WORDS for word in before)
    if pronoun == "they" and asked and previous in ("do", "did", "are") and tells_after:
        return False  # people in general: where do they make glass
    return not _holds_an_antecedent(before)


def _holds_an_antecedent(before: list[_Word]) -> bool:
    """Whether the words before a pronoun name something that it can stand for.

    In "Which court did it come from?" the court is not what "it" is; in "Which court changed its
    rules?" it is.
    """
    asking = _asking(before)
    if asking is None:
        return any(word.tells for word in before)
    verb = next(
        (n for n, word in enumerate(before) if n > asking and word.lower in _AUXILIARIES), asking
    )
    return any(word.tells for word in before[:asking] + before[verb:])


def _asking(words: list[_Word]) -> int | None:
    """Where the last question word stands."""
    return max((n for n, w in enumerate(words) if w.lower in _QUESTION_WORDS), default=None)
