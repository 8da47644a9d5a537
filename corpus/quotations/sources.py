"""The words beside a reporting verb that name who speaks."""

from __future__ import annotations

import re

from corpus.quotations.units import REACH
from corpus.quotations.words.names import CAPITALS, head_of
from corpus.quotations.words.verbs import SENSES
from corpus.quotations.words.vocabulary import NO_NAMES, PRONOUNS, ROLE_HEADS
from corpus.span import Span, trimmed

_AUXILIARY = re.compile(
    r"(?:has|have|had|is|was|were|are|be|been|also|later|then|already|even|just|once|again|recently|first|still"
    r"|would|will|could|can|may|might|must|should|did|does|do|never|often|always|now|not|n't|"
    r"soon|further|instead|himself|herself|themselves|itself|went|on|to|only|both|all|since|"
    r"\w+ly|went on to|sought to|continued to|came out|took to twitter to|has long|long|ever|"
    r"didn['’]t|doesn['’]t|don['’]t|hasn['’]t|wasn['’]t|wouldn['’]t|won['’]t)",
)
_PASSIVE = frozenset("is was were are be been being get gets got".split())
_SEPARATOR = re.compile(r"[,;:()\[\]\x01-\x04…]|[—–]| - |--")
_BREAKS = re.compile(
    r"\b(?:that|when|because|if|while|although|though|since|before|after|until|where|than|whether|as|"
    r"but|which|how|why|what)\s",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:and|but|so|yet|or|nor|then|still|now|meanwhile|however|instead|later|also|indeed|today"
    r"|yesterday|even|as|while|when|though|although|because|if|that|which|where|whereas|after|before"
    r"|once|afterwards?|on (?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"(?: (?:morning|night|afternoon|evening))?)\s+",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"(?:in|on|at|during|by|for|with|from|since|until|under|last|earlier|this|asked|speaking|despite"
    r"|following|like|over|to|of|amid|unlike|within|through|about|among|between|against)\b",
    re.IGNORECASE,
)
_DETERMINED = re.compile(
    r"(?:the|a|an|his|her|their|its|our|my|one|another|some|several|many|two|three|both|other|these"
    r"|those|most|few|senior|former|top|local|federal|state|police|government|u\.s\.|officials"
    r"|critics|sources|supporters|people|experts|aides|analysts|republicans|democrats|reporters|white"
    r"|each|no|any|all|every)\b",
    re.IGNORECASE,
)
_APPOSITION = re.compile(
    r"(?:the|a|an|who|whose|which|his|her|their|its|one|another|former|then|now|president|head|chief|"
    r"chair\w*|director|leader|founder|co-\w+|secretary|professor|executive|senior|vice|author|editor"
    r"|spokes\w+|general|deputy|and|of|also|both|mayor|governor|head\w*|of|aged|campaign|manager)\b|\d\d?\b|[a-z]+",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:is|was|were|are|has|had|have|will|would|could|should|can|may|did|does|do|won|made|went|"
    r"came|took|gave|lost|ran|got|put|left|met|held|became|kept|sent|spoke|stood|sat|\w{3,}ed)\b"
)
_AFTER = re.compile(r"\s+(?P<phrase>[^,;:\x01-\x04()\[\]\n—–]{1,120})")
_CUT_AFTER = re.compile(
    r"\s+(?:on|in|to|during|at|after|before|as|when|while|about|with|via|by|this|last|that|because"
    r"|following|who|earlier|later|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday"
    r"|today|tonight|and|but|through|if|since|told|said|under|over|into|here|wrote|afterwards?|again|is|was"
    r"|has|had|are|were|adding|speaking|recently|referring|noting|upon|than|outside|shortly"
    r"|toward|regarding|of his|of her)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_KEEP_AT = re.compile(r"\s+(?:at|in|with)\s+(?:the\s+)?[A-Z]")
_PRONOUN_END = re.compile(
    r"(?:^|[\s,—–(\x01-\x04])(he|she|they|we|I|it|who|which|He|She|They|We|It|Who)$"
)
_COORDINATED = re.compile(r"[\s,](?:and|but|then|or)$")
_LEAD = re.compile(
    r"(?:In|On|At|After|During|For|With|From|Since|As|When|While|By|Earlier|Last|Asked|Speaking"
    r"|Throughout|Despite|Following|Before|Under|Over|If|Because|Although|Though|Among|Like|Unlike)\b"
    r"[^,\n\x01-\x04]{2,80},\s+"
)
_SUBJECT_PRONOUN = re.compile(r"(?:He|She|They|he|she|they)\b")
_SUBJECT = re.compile(rf"(?P<article>(?:The|the)\s+)?(?P<name>{CAPITALS.pattern})")
# "Together,", "Already", "Following": no names.
_ADVERBIAL = re.compile(r"[A-Z][a-z]+(?:ly|ing|ed)\b(?!\s[A-Z])|[A-Z][a-z]+,")
_MORE = re.compile(r",\s+([^,;:\x01-\x04()\n—–]{2,110})(?=[,.;:\x01-\x04\n—–(]|$)")
_NO_APPOSITION = re.compile(
    r"(?:who\b.*\bsaid|and|but|in|on|as|after|during|when|while|before|according|of|at|to|with|if"
    r"|because|\w+ing)\b"
)
_PARTY = re.compile(r"[RDI]-[A-Z]|Jr\b|Sr\b")
_STATE = re.compile(r"[A-Z][a-z]+\.$")
_ABBREVIATED = re.compile(r"\b(?:Jr|Sr|[A-Z])\.$")
# Initials behind what they stand for: "the police commissioner (PCC) for Fernshire".
_INITIALS = re.compile(r" \([A-Z][\w’'&.-]{0,11}\)(?= [a-z]|,|$)")
_AND = re.compile(r"\s(?:and|or)\s")
_PLURAL = re.compile(r"(?:[a-z'-]+ ){0,3}[a-z'-]+s")
_SUBJECT_PRONOUNS = frozenset("he she they i we".split())
# Words of a subject, and how many appositions it may have. Hardly any is longer.
_LONGEST_PHRASE = 16
_APPOSITIONS = 5
_LISTENER = re.compile(
    r"\s+(?:(?P<plain>(?:reporters|journalists|me|us|him|her|them|you|viewers|supporters|voters"
    r"|lawmakers|members|delegates|colleagues|aides|attendees|investigators|officials|police|people"
    r"|(?:the|a|an|his|her|their|this|one)\s(?:[\w’'-]+\s){0,4}?(?:crowd|audience|court|paper|newspaper|committee|panel|meeting|inquiry"
    r"|jury|conference|host|site|station|rally|group|gathering|newspaper|interviewer|reporter|agency"
    r"|supporters|voters|colleagues|father|mother|wife|husband|friends?|brother|sister|magazine|network))\b)"
    rf"|(?P<named>(?:(?:the|The)\s+)?{CAPITALS.pattern}(?:(?:['’]s?)(?:\s+{CAPITALS.pattern})?)?))"
)
_WORD_END = re.compile(r"[\w'’]+$")


def is_passive(page: str, low: int, verb: int) -> bool:
    """Whether the verb at `verb` is said of somebody: "was told", "is called"."""
    words = page[max(low, verb - 30) : verb].split()
    while words and words[-1].endswith("ly"):
        words.pop()
    return bool(words) and words[-1].lower() in _PASSIVE


def source_before(page: str, low: int, verb: int) -> Span | None:
    """The subject that stands before the verb at `verb`, looked for from `low` on."""
    low = max(low, verb - REACH)
    end = without_auxiliaries(page, low, verb)
    if end <= low:
        return None
    if found := _COORDINATED.search(page, max(low, end - 8), end):
        end = found.start()
        return subject_within(page, low, end)
    lead = _INITIALS.sub(_blank, page[low:end])
    if found := _PRONOUN_END.search(lead):
        return Span(low + found.start(1), low + found.end(1))
    cuts = [(m.start(), m.end()) for m in _SEPARATOR.finditer(lead)]
    bounds = [0, *(e for _, e in cuts)]
    stops = [*(s for s, _ in cuts), len(lead)]
    chunks = list(zip(bounds, stops, strict=True))
    start, stop = chunks[-1]
    if lead[start:stop].strip():
        span = _tail(lead, start, stop)
        if span is None:
            return None
        return Span(low + span.start, low + span.end)
    return _apposed(lead, low, chunks)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def subject_within(page: str, low: int, end: int) -> Span | None:
    """The name or pronoun that a stretch begins with: "Ada Brook shook her head and"."""
    while low < end and not page[low].isalnum():
        low += 1
    while (lead := _LEADING.match(page, low, end)) or (lead := _LEAD.match(page, low, end)):
        low = lead.end()
    if found := _SUBJECT_PRONOUN.match(page, low, end):
        return Span(found.start(), found.end())
    found = _SUBJECT.match(page, low, end)
    if found is None:
        return None
    words = found["name"]
    if not found["article"] and (
        words.split()[0].lower() in NO_NAMES or _ADVERBIAL.match(page, found.start(), end)
    ):
        return None
    stop = found.end("name")
    if page[stop - 1] in "’'.":
        stop -= 1
    return Span(found.start(), stop) if stop > found.start("name") else None


def antecedent(page: str, low: int, at: int) -> Span | None:
    """Whom "who" or "which" at `at` stands for: "the host Ada Brook" before ", who"."""
    low = max(low, at - REACH)
    lead = page[low:at].rstrip(" ,—–-\n\u00a0")
    cut = max((found.end() for found in _SEPARATOR.finditer(lead)), default=0)
    span = _tail(lead, cut, len(lead))
    if span is None or not (names := list(CAPITALS.finditer(lead, span.start, span.end))):
        return Span(low + span.start, low + span.end) if span else None
    if names[-1].end() == span.end and names[-1].start() > span.start and " " in names[-1].group():
        return Span(low + names[-1].start(), low + span.end)
    return Span(low + span.start, low + span.end)


def without_auxiliaries(page: str, low: int, end: int) -> int:
    while True:
        while end > low and page[end - 1].isspace():
            end -= 1
        word = _WORD_END.search(page, max(low, end - 24), end)
        if word is None or not _AUXILIARY.fullmatch(word.group()):
            return end
        end = word.start()


def _apposed(lead: str, low: int, chunks: list[tuple[int, int]]) -> Span | None:
    """Who speaks where a comma stands before the verb: "Ada Brook, head of Moth Patrol, said" and
    "The head of Moth Patrol, Ada Brook, said". chunks: between the separators of `lead`."""
    if len(chunks) < 2 or lead[chunks[-2][1]] not in ",—–-)":
        return None
    last = len(chunks) - 2
    final = trimmed(lead, *chunks[last])
    for at in range(last, max(-1, last - _APPOSITIONS), -1):
        span = trimmed(lead, *chunks[at])
        if span is None or final is None:
            return None
        words = lead[span.start : span.end]
        if at > 0 and _is_apposition(words):
            continue
        tail = _tail(lead, span.start, span.end)
        if tail is None or not (
            CAPITALS.match(lead, tail.start) or _DETERMINED.match(lead, tail.start)
        ):
            continue
        first = tail.start
        if at == last:
            role = _role_before(lead, chunks, at)
            if role is None and at > 0 and not CAPITALS.match(lead, tail.start):
                return None
            first = first if role is None else role
        return Span(low + first, low + final.end)
    return None


def _is_apposition(words: str) -> bool:
    if _PARTY.match(words) or _STATE.match(words):
        return True
    if words[0].isupper():
        return _is_office(words)
    return _APPOSITION.match(words) is not None


def _is_office(words: str) -> bool:
    """Whether words with a capital name an office: "Chief Inspector of Ferries", "FBC lead"."""
    return head_of(words) in ROLE_HEADS and words.split(" ", 1)[0].lower() not in NO_NAMES


def _role_before(lead: str, chunks: list[tuple[int, int]], at: int) -> int | None:
    """Where the sentence begins with a role that the name after its comma explains."""
    if at != 1 or lead[chunks[0][1]] != ",":
        return None
    span = trimmed(lead, *chunks[0])
    return span.start if span and _is_role_phrase(span.of(lead)) else None


def _is_role_phrase(words: str) -> bool:
    return bool(_DETERMINED.match(words)) and not _FINITE.search(words) and len(words.split()) <= 14


def _tail(lead: str, start: int, stop: int) -> Span | None:
    """The noun phrase that ends a stretch without commas."""
    span = trimmed(lead, start, stop)
    if span is None:
        return None
    start, stop = _clause(lead, span.start, span.end), span.end
    words = lead[start:stop]
    if not words:
        return None
    first = words.split(" ", 1)[0]
    determined = _DETERMINED.match(words) is not None
    if words.lower() in PRONOUNS:
        return Span(start, stop)
    if _PREPOSITION.match(words) or _FINITE.search(words) or words.count(" ") >= _LONGEST_PHRASE:
        return _last_name(lead, start, stop)
    if determined or (first[0].isupper() and first.lower() not in NO_NAMES):
        return Span(start, stop)
    if (tail := _last_name(lead, start, stop)) is not None:
        return tail
    return Span(start, stop) if _PLURAL.fullmatch(words) else None


def _clause(lead: str, start: int, stop: int) -> int:
    """Where the last clause of a stretch begins: behind "that", "because", "and"."""
    for found in _BREAKS.finditer(lead, start, stop):
        if found.end() < stop:
            start = found.end()
    while leading := _LEADING.match(lead, start, stop):
        start = leading.end()
    for found in _AND.finditer(lead, start, stop):
        left = lead[start : found.start()]
        if _FINITE.search(left) or any(word in SENSES for word in left.split()[1:]):
            return found.end()
    return start


def _last_name(lead: str, start: int, stop: int) -> Span | None:
    """The capitals that end a stretch: "In a letter to members Ada Brook"."""
    best = None
    for found in CAPITALS.finditer(lead, start, stop):
        if found.end() == stop:
            best = found
    if best is None:
        for found in re.finditer(
            r"\b(?:the|a|an|his|her|their|one|another)\s[^\s]+(?:\s\S+){0,2}$", lead[start:stop]
        ):
            return Span(start + found.start(), stop)
        return None
    first = best.start()
    tokens = best.group().split()
    while tokens and tokens[0].lower() in NO_NAMES:
        first += len(tokens[0]) + 1
        tokens.pop(0)
    if first >= stop:
        return None
    article = re.search(r"\b(?:the|The)\s$", lead[start:first])
    return Span(start + article.start() if article else first, stop)


def source_after(page: str, at: int, end: int, *, opening: bool = False) -> Span | None:
    """The subject that stands after a verb that ends at `at`: "said Ada Brook, a warden,".

    opening: the sentence begins with the verb ("According to"), so what stands behind the last
    comma is no apposition.
    """
    end = min(end, at + REACH)
    found = _AFTER.match(page, at, end)
    if found is None:
        return None
    phrase = _without_adjuncts(found["phrase"])
    if not phrase:
        return None
    start = found.start("phrase")
    first = phrase.split()[0]
    if first.lower() in _SUBJECT_PRONOUNS:
        return Span(start, start + len(first))
    is_name = first[0].isupper() and first.lower() not in NO_NAMES
    if not is_name and not _DETERMINED.match(phrase):
        return None
    stop = start + len(phrase)
    while (more := _MORE.match(page, stop, end)) is not None:
        closed = page[more.end() : more.end() + 1] == "," and not _FINITE.search(more[1])
        if not _apposes(more[1]) or (opening and not closed):
            break
        stop = more.start(1) + len(more[1].rstrip())
    return Span(start, stop)


def _without_adjuncts(phrase: str) -> str:
    """A phrase without what tells when, where and to whom: "Ada Brook on Monday"."""
    while cut := _CUT_AFTER.search(phrase):
        if _KEEP_AT.match(phrase, cut.start()) and not CAPITALS.match(phrase):
            rest = _CUT_AFTER.search(phrase, cut.start() + 4)
            phrase = phrase[: rest.start()] if rest else phrase
            break
        phrase = phrase[: cut.start()]
    phrase = phrase.rstrip()
    while phrase.endswith(".") and not _ABBREVIATED.search(phrase):
        phrase = phrase[:-1]
    return phrase


def _apposes(words: str) -> bool:
    """Whether what follows a comma says more about the name before it."""
    if words[0].isupper():
        return _PARTY.match(words) is not None or _is_office(words)
    return _APPOSITION.match(words) is not None and not _NO_APPOSITION.match(words)


def listener_after(page: str, at: int, end: int) -> tuple[Span | None, int]:
    """Who is told, where it is somebody with a name, and where the words about it end."""
    found = _LISTENER.match(page, at, min(end, at + REACH))
    if found is None:
        return None, at
    if found["named"] is None:
        return None, found.end()
    return _without_stop(page, found.start("named"), found.end("named")), found.end()


def _without_stop(page: str, start: int, end: int) -> Span:
    """A full stop after a name ends the sentence, not an abbreviation."""
    if page[end - 1] == "." and end - start > 3 and page[end - 3] not in " .":
        end -= 1
    return Span(start, end)
