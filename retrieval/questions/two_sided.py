"""Whether a question has two sides, and its subject without the words that take one.

Who asks why the police should never work with a group and who asks whether they should look for
the same passages. Asked in their own words, each would find those that sound like the question. So
what only says yes or no is left out, and both search for the same subject. A side is never named,
of a question as little as of a source.

Precision comes first. A question of fact keeps every word: what somebody did, said or decided (also
for or against something), how many, when, and which of several. So does one about what is lawful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from retrieval.questions.phrases import read_phrases
from retrieval.questions.question import question_of

# Stands before a subject for what was left out. Its first word begins no sentence then, so that a
# capital is still that of a name.
_CUT = "…"


def _any(patterns: str) -> str:
    """One of the patterns between commas."""
    return "(?:" + "|".join(" ".join(each.split()) for each in patterns.split(",")) + ")"


# Praise and blame that say nothing of what is praised or blamed.
_JUDGED = _any(
    r"""right, wrong, good, bad, (?:un)?fair, (?:un)?just, (?:un)?justified, (?:un)?justifiable,
    (?:un)?acceptable, (?:un)?reasonable, (?:un)?wise, (?:un)?ethical, (?:im)?moral, (?:un)?helpful,
    (?:un)?necessary, (?:un)?warranted, (?:in)?appropriate, (?:im)?proper, (?:in)?defensible,
    (?:un)?desirable, sensible, foolish, misguided, mistaken, irresponsible, counterproductive,
    a mistake, a disgrace, a scandal, an? (?:\w+ )?(?:idea|thing|move|step|decision), heroes,
    villains, a menace, a nuisance"""
)
# Of "it" these judge as well; of a subject they are what is asked for: is aspirin safe?
_JUDGED_OF_IT = _any(
    r"""harmful, harmless, dangerous, safe, risky, reckless, useful, useless, pointless, misleading,
    honest, dishonest, naive, hypocritical, worthwhile, beneficial, a myth, a lie, nonsense, better,
    worse, okay, ok, (?:high )?time"""
)
# What should be or should not; of what is, they ask for the law.
_PERMITTED = _any(
    r"""allowed, permitted, possible, banned, forbidden, prohibited, outlawed, (?:il)?legal,
    (?:un)?lawful, encouraged, discouraged, an? (?:criminal )?(?:crime|offence|offense), a right"""
)
# What is counted on one side or the other. Of one alone it is asked how large it is: the risk of
# rain.
_GROUNDS = _any(
    r"""pros, cons, benefits, (?:dis)?advantages, upsides, downsides, drawbacks, merits, dangers,
    risks, harms, pitfalls"""
)
_WEIGHED = _any(
    r"main, best, strongest, strong, good, bad, possible, potential, real, key, biggest"
)
_FOR_OR_AGAINST = _any(
    r"""for (?:and|or) against, against, in favou?r of, in support of, in defen[cs]e of"""
)
# In the present only: who opposed a plan in a vote is a fact.
_LEANS = _any(
    r"""supports?, opposes?, backs?, favou?rs?, defends?, condemns?, endorses?, critici[sz]es?,
    welcomes?, rejects?, resists?, (?:dis)?approves? of, objects? to, (?:dis)?agrees? with,
    (?:is|are) opposed to, (?:is|are|speaks?|argues?) (?:for or against|for|against|in favou?r of)
    """
)
_HELPS = _any(r"help, harm, hurt, hinder, benefit, damage, undermine, endanger, hamper, deserve")

_BE = r"(?:is|are|was|were|would|could|will|can)(?:n't)?"
_WHY = r"(?:why )?"
_HARDLY = r"(?:(?:not|never|so|very|really|ever|always|actually|morally|simply|still|be) )*"
_CLAUSE = r"(?:that|who|whom|whose|which|because|if|when|what|how)\b"
# Who is judged: some words of one clause. Behind the last of them a judgement must not be a noun,
# as in "the right to a fair trial", "his own good" and "get help".
_WHO = (
    rf"(?P<who>(?:(?!{_CLAUSE})[^\s,;:?!]+ ){{0,9}}?(?!(?:the|an?|no|any|some|own|their|his|her|its"
    r"|human|legal|of|to|or|and|get|need|want|offer)\b)[^\s,;:?!]+)(?<!'s)(?<!s') "
)
_SUBJECT = r" (?P<subject>.+)"
_ARE_THERE = (
    rf"(?:(?:(?:what|which)(?: are| is|'s)|(?:are|is)(?:n't)? there) (?:(?:the|any|some|an?) )?)?"
    rf"(?:{_WEIGHED} )*"
)
_TO_DO = rf"(?:for {_WHO}to|to|for|that|if|when)"
_END = r"[?.! ]*$"
# A case and evidence that a court hears: against him, against Ann Lee, for the prosecution.
_IN_COURT = re.compile(
    r"\b(?:case|evidence) (?:against|for) (?:him|her|them|you|me|us"
    r"|the (?:prosecution|defen[cs]e|defendant|accused|crown|claimant|appellant)|[A-Z]\S+ [A-Z])"
)

# How a question begins that has two sides. What stands in no group is left out.
_FRAMES = [
    re.compile(rf"(?:(?:and|but|so|then|well|surely),? )*{frame}", re.IGNORECASE)
    for frame in (
        # What ought to be is no fact. Should it be a crime to? Why should they never?
        rf"{_WHY}should(?:n't)? it {_HARDLY}(?:{_PERMITTED}|{_JUDGED}) {_TO_DO}{_SUBJECT}",
        rf"(?:{_WHY}should(?:n't)?|why must(?:n't)?)(?! it\b){_SUBJECT}",
        # A judgement. Is it right that? Was it a mistake to? Was the court wrong about? What is
        # wrong with?
        rf"{_WHY}{_BE} it {_HARDLY}(?:{_JUDGED}|{_JUDGED_OF_IT}) {_TO_DO}{_SUBJECT}",
        rf"{_WHY}{_BE} {_WHO}{_HARDLY}{_JUDGED}(?: or {_JUDGED})?"
        rf"(?: (?:to|in|about|for|that|if|when){_SUBJECT}|{_END})",
        rf"{_BE} (?P<subject>.+?) (?:be )?(?:a mistake|an? \w+ idea){_END}",
        rf"what(?: is|'s) (?:so )?(?:wrong|right|good|bad) (?:with|about){_SUBJECT}",
        # Grounds. What are the benefits of? Problems with. What harm can it do? X: pros and cons
        rf"{_ARE_THERE}(?:{_GROUNDS}(?: (?:and|or) {_GROUNDS})? (?:of|in|to|for)|problems with"
        rf"|objections to){_SUBJECT}",
        rf"what (?:good|harm|damage) (?:do|does|can|could|would) (?P<who>.+) (?:do|cause)"
        rf"(?:{_SUBJECT}|{_END})",
        rf"(?P<subject>.+?) (?:[–—-] )?(?:{_GROUNDS} (?:and|or) {_GROUNDS}|for (?:and|or) against)"
        rf"{_END}",
        # Arguments. Which are there against? Is there a case for? What speaks in favour of?
        rf"(?:the )?{_ARE_THERE}(?:arguments?|case|reasons?|evidence) {_FOR_OR_AGAINST}{_SUBJECT}",
        rf"(?:the )?{_ARE_THERE}(?:arguments?|(?<=good )reasons?|(?<=the )case|(?<=a )case) for"
        rf"{_SUBJECT}",
        rf"{_ARE_THERE}reasons? (?:not )?to{_SUBJECT}",
        rf"what (?:speaks|counts|can be said) (?:for|{_FOR_OR_AGAINST}){_SUBJECT}",
        rf"(?:are you )?for (?:or|and) against{_SUBJECT}",
        # Who takes a side, or is asked to. Who supports? Do you agree that?
        rf"who(?: else)? {_LEANS}{_SUBJECT}",
        rf"(?:do(?:n't)?|would(?:n't)?) you agree that{_SUBJECT}",
        # Good or bad. Do they help or harm? Why do they deserve?
        rf"{_WHY}do(?:es)?(?:n't)? {_WHO}{_HARDLY}{_HELPS}(?: or {_HELPS})?"
        rf"(?! (?:from|of|with|for)\b)(?: to\b)?{_SUBJECT}",
    )
]

# What says yes or no inside the subject, in its first clause. A ban only where it is from
# something; else it is the subject itself, and has two sides.
_YES_OR_NO = [
    re.compile(rf"(?P<before>(?:(?!{_CLAUSE})\S+ )*?)(?:{words})(?P<after> .+)", re.IGNORECASE)
    for words in (
        r"not|never|always|simply|no longer",
        r"(?:refus|declin|continu|agree)(?:e|ing)? to|have the right to",
        r"be (?:allowed|permitted|free|encouraged|forbidden) to",
        r"be (?:banned|barred|prevented|stopped|discouraged|prohibited) from",
        r"let(?:ting)?|(?:allow|permit|encourag)(?:e|ing)?",
        r"(?:stop(?:p?ing)?|avoid(?:ing)?|start(?:ing)?|keep(?:ing)?)(?= \w+ing\b)",
        r"(?:accept|reject|welcom|ignor|dismiss)(?:e|ing)?",
    )
] + [
    re.compile(
        rf"(?P<before>(?:(?!{_CLAUSE})\S+ )*?)(?:ban|bar|prevent|stop|forbid)\w*(?P<who> .+?) from"
        r"(?P<after> \w+ing\b.*)",
        re.IGNORECASE,
    ),
]  # fmt: skip
# Whoever is named so is asked after, not the subject.
_SOMEBODYS_VIEW = re.compile(r"\b(?:according to|in the (?:eyes|view|opinion) of)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Subject:
    """searched_for: the question, or what is left of it behind an ellipsis.
    left_out: its words that take a side, as they stood in it; none where it has no two sides.
    """

    searched_for: str
    left_out: tuple[str, ...]


def subject_of(asked: str) -> Subject:
    """What to search for when `asked` (one line) may have two sides.

    A question without two sides is searched for as it is, and so is one of which nothing would be
    left, or that would lose words in quotation marks.
    """
    words = asked.split(" ")
    kept = _kept(words)
    left = " ".join(words[at] for at in kept).rstrip("?.!,:; ")
    if len(kept) == len(words) or not question_of(left).tokens:
        return Subject(asked, ())
    if read_phrases(left)[0] != read_phrases(asked)[0]:
        return Subject(asked, ())
    return Subject(f"{_CUT} {left}?", tuple(_runs(words, set(range(len(words))).difference(kept))))


def _kept(words: Sequence[str]) -> list[int]:
    """Which of the words are the subject, ascending; all where there are no two sides."""
    kept = list(range(len(words)))
    asked = " ".join(words)
    if _SOMEBODYS_VIEW.search(asked) or _IN_COURT.search(asked):
        return kept
    while inside := _inside(words, kept, _FRAMES):
        kept = inside
        for pattern in _YES_OR_NO:
            kept = _inside(words, kept, [pattern]) or kept
    return kept


def _inside(
    words: Sequence[str], kept: Sequence[int], patterns: Sequence[re.Pattern[str]]
) -> list[int]:
    """Of the words kept those in a group of the first pattern that they match; none without."""
    text = " ".join(words[at] for at in kept).replace("’", "'")
    for pattern in patterns:
        if found := pattern.match(text):
            spans = [found.span(group) for group in found.groupdict() if found[group]]
            return [
                at
                for at, (start, end) in zip(kept, _words(text), strict=True)
                if any(start < last and first < end for first, last in spans)
            ]
    return []


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Where the words between single spaces stand."""
    start = 0
    for word in text.split(" "):
        yield start, start + len(word)
        start += len(word) + 1


def _runs(words: Sequence[str], places: set[int]) -> Iterator[str]:
    """The words at these places, those next to each other together."""
    for is_one, run in groupby(range(len(words)), key=places.__contains__):
        if is_one:
            yield " ".join(words[at] for at in run)
