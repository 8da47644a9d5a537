"""Whose words a question asks for: "What did Ann Lee say about the ferry?"."""

from __future__ import annotations

import re

# The name is what stands between; whether somebody bears it, the collection tells. A full stop is
# only that of a title or an initial.
_WHO = r"(?P<who>(?:[^?.,;:]|(?<=\b[A-Z])\.|(?<=\bM[rs])\.|(?<=\bMrs)\.|(?<=\bDr)\.){2,60}?)"
_SAY = (
    r"(?:say|says|said|tell|told|think|thinks|thought|want|wants|wanted|call(?:s|ed)? for|argue"
    r"|argues|argued|warn|warns|warned|suggest|suggests|suggested|claim|claims|claimed|make of"
    r"|made of|write|wrote|written|reply|replied|respond|responded|react|reacted|propose|proposed)"
)
_WORDS = (
    r"(?:views?|opinions?|position|stance|words|comments?|remarks|response|reaction|arguments?"
    r"|statements?|warnings?|advice|criticisms?|proposals?)"
)
_ASKED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:what|how|why|when|where) (?:else )?(?:did|does|do|has|have|had|would) {_WHO} "
        rf"(?:ever |also |then |once )?{_SAY}\b",
        rf"\b{_WHO}['’]s? (?:\w+ )?{_WORDS}\b",
        rf"\b{_WORDS} of {_WHO}(?= (?:on|about|to|in)\b|[?.]|$)",
        rf"^according to {_WHO},",
        rf"\bdid {_WHO} (?:change|withdraw|repeat|revise) (?:his|her|their|its) "
        r"(?:mind|view|views|position|stance|words|opinion)\b",
    )
)
# What may stand before a name in a question and is none of it.
_LEADING = re.compile(
    r"^(?:what|which|how|why|who|is|are|was|were|the|did|do|does|mr|mrs|ms|miss|dr|sir|dame|lord"
    r"|lady)\b\.?\s+",
    re.IGNORECASE,
)


def asked_speaker(question: str) -> str | None:
    """The words of the question that name whose words it wants; None where it asks for nobody's.

    They need not be anybody's name: "people" stands there as "Ann Lee" does.
    """
    for pattern in _ASKED:
        if found := pattern.search(question):
            who = found["who"].strip()
            while (bare := _LEADING.sub("", who)) != who:
                who = bare
            if who:
                return who
    return None
