"""An answer as text for a terminal: passages exactly, everything else around them."""

from __future__ import annotations

from collections.abc import Iterable

from corpus import Article, Metadata, Span
from interface.rendering.speaking import caution_line, speaker_lines
from interface.rendering.wording import (
    LIMITS,
    PASSAGE_SUPPORT,
    SUPPORT,
    AlsoIn,
    about_line,
    also_in,
    brief_line,
    facts_of,
    left_out,
    original_title,
    place_line,
    searched_for,
    summary,
    taken_over,
    title_of,
)
from retrieval import Answer, Citation

_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"
# A control character in an article could move the cursor or rewrite what was printed; it is
# shown as its Unicode picture.
_VISIBLE = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"} | {
    0x7F: 0x2421,
    **dict.fromkeys(range(128, 160), 65533),
}


def visible(text: str) -> str:
    """`text` with control characters, but for newline and tab, made visible."""
    return text.translate(_VISIBLE)


def answer_text(answer: Answer, *, styled: bool) -> str:
    """The answer in lines. styled: highlighted sentences in bold, for a terminal."""
    head = SUPPORT[answer.support]
    lines = [head if answer.abstained else f"{head}: {summary(answer)}"]
    changes = [_lowered(change) for change in (taken_over(answer), left_out(answer)) if change]
    if changes:
        lines.append(visible(f"{searched_for(answer)} ({'; '.join(changes)})"))
    lines += [visible(fact) for fact in facts_of(answer)]
    for citation in answer.citations:
        lines += ["", *_citation(citation, styled=styled)]
    if answer.citations:
        lines += ["", LIMITS]
    return "\n".join(lines)


def origin_lines(metadata: Metadata) -> list[str]:
    """What a brief is about, and the address of the original; as far as they are known."""
    lines, url = [], metadata.url
    if brief := brief_line(metadata):
        lines.append(f"{brief} {visible(f'{original_title(metadata)}{about_line(metadata)}')}")
        url = metadata.original.url if metadata.original else None
    return [*lines, visible(url)] if url else lines


def quoted(article: Article, span: Span, highlights: Iterable[Span], *, styled: bool) -> str:
    """The words at a span of an article. styled: the highlights in it, which come in order, in
    bold."""
    if not styled:
        return visible(span.of(article.text))
    text, at, parts = article.text, span.start, []
    for highlight in highlights:
        parts += [visible(text[at : highlight.start]), _BOLD, visible(highlight.of(text)), _PLAIN]
        at = highlight.end
    return "".join([*parts, visible(text[at : span.end])])


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _also_in(line: AlsoIn) -> str:
    told = f"{_lowered(line.words)} {visible(line.told)}"
    return f"{told} {line.and_more} (all of them: --json)" if line.more else told


def _citation(citation: Citation, *, styled: bool) -> list[str]:
    article = citation.article
    metadata = article.metadata
    span = citation.passage.span
    lines = [
        f"[{citation.number}] {visible(title_of(article))}",
        f"    {visible(place_line(article, span))} · {PASSAGE_SUPPORT[citation.support]}",
        *(f"    {line}" for line in origin_lines(metadata)),
        f"    {visible(article.article_id)}, characters {span.start} to {span.end}",
    ]
    lines += [f"    {visible(line.told)}" for line in speaker_lines(citation)]
    if caution := caution_line(citation):
        lines.append(f"    {visible(caution)}")
    lines += [f"    {_also_in(line)}" for line in also_in(citation)]
    return [*lines, "", quoted(article, span, sorted(citation.highlights), styled=styled)]
