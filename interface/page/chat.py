"""The chat as Gradio blocks. Python makes all HTML of an answer; the reader is static files."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

# Read when gradio is imported: without it gradio looks up hosts outside.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio
from fastapi import FastAPI

from index import Encoder, IndexProblem, SearchIndex
from interface.live import LiveIndex
from interface.page.check import LONGEST_ON_PAGE, checked
from interface.page.examples import EXAMPLES
from interface.page.mentions import LookedFor, listed
from interface.page.voices import heard
from interface.rendering import (
    INDEX_DAMAGED,
    answer_html,
    check_asked_html,
    masthead_html,
    mentions_asked_html,
    notice_html,
    question_html,
    settled_html,
    voices_asked_html,
)
from retrieval import UnusableQuestion, answer_as_json, ask

# A browser sends the conversation back with each question, only to have it shown again.
_TURNS_KEPT = 100

# A step that waits for no answer before it.
_UNQUEUED: dict[str, Any] = {
    "queue": False,
    "api_visibility": "private",
    "show_progress": "hidden",
}

Turn = dict[str, str]

_log = logging.getLogger(__name__)


def make_chat(live: LiveIndex) -> gradio.Blocks:
    """The page's blocks over an open index."""

    def ask_as_json(question: Any) -> dict[str, Any]:
        """Answer a question with passages quoted from the articles, each with its source."""
        if not isinstance(question, str):
            raise gradio.Error("The question must be text.", print_exception=False)
        try:
            with live.reading() as index:
                return answer_as_json(ask(question, index, live.encoder))
        except UnusableQuestion as error:
            raise gradio.Error(str(error), print_exception=False) from error
        except IndexProblem as error:
            _log.error("%s", error)
            raise gradio.Error(INDEX_DAMAGED, print_exception=False) from error

    with live.reading() as index:
        masthead_now, offered = _masthead(index), _offered(index)
    with gradio.Blocks(title="On the Record", analytics_enabled=False, fill_width=True) as blocks:
        masthead = gradio.HTML(masthead_now, elem_id="masthead")
        with gradio.Row(elem_id="room"):
            with gradio.Column(elem_id="desk", min_width=280):
                conversation = gradio.Chatbot(
                    elem_id="conversation",
                    label="Answers",
                    show_label=False,
                    container=False,
                    height="auto",
                    layout="panel",
                    render_markdown=False,
                    sanitize_html=True,
                    latex_delimiters=[],
                    allow_tags=False,
                    autoscroll=False,
                    buttons=[],
                    feedback_options=None,
                    placeholder=None,
                )
                with gradio.Column(elem_id="examples", visible=any(offered)) as examples:
                    gradio.HTML("<p>For example:</p>")
                    buttons = [
                        gradio.Button(question, size="sm", visible=is_offered)
                        for (_, question), is_offered in zip(EXAMPLES, offered, strict=True)
                    ]
                with gradio.Row(elem_id="pages"):
                    next_page = gradio.Button("Next page", size="sm", visible=False)
                    other_order = gradio.Button("Oldest first", size="sm", visible=False)
                with gradio.Row(elem_id="asking"):
                    question = gradio.Textbox(
                        elem_id="question",
                        label="Question or words",
                        placeholder="Ask the articles",
                        # One more than is checked, so that nothing is cut without a word.
                        max_length=LONGEST_ON_PAGE + 1,
                        lines=1,
                        max_lines=5,
                        submit_btn="Ask",
                        autofocus=True,
                    )
                    with gradio.Row(elem_id="views"):
                        every = gradio.Button("Every mention", elem_id="every-mention")
                        voices = gradio.Button("Voices", elem_id="voices")
                        check = gradio.Button("Check", elem_id="check")
            with gradio.Column(elem_id="reader-column", min_width=280):
                gradio.HTML('<div id="reader"></div>', elem_id="reader-frame")
        # The box is cleared by a step of its own, so that the next question can be typed while
        # this one is answered.
        asked = gradio.State("")
        earlier: gradio.State = gradio.State([])
        undo = gradio.Button(elem_id="undo")
        taken = [question.submit(_take, question, [question, asked], **_UNQUEUED)]
        taken += [button.click(_take, button, [question, asked], **_UNQUEUED) for button in buttons]
        for step in taken:
            step.then(
                partial(_ask, live),
                [asked, earlier, conversation],
                [earlier, conversation],
                api_visibility="private",
                show_progress="hidden",
                trigger_mode="always_last",  # else what is sent meanwhile would be dropped
            )
            step.then(_hidden, None, [next_page, other_order], **_UNQUEUED)
        looked_for = gradio.State(LookedFor(""))
        for step in (
            every.click(_take_terms, question, [question, looked_for], **_UNQUEUED),
            next_page.click(LookedFor.on_next_page, looked_for, looked_for, **_UNQUEUED),
            other_order.click(LookedFor.in_other_order, looked_for, looked_for, **_UNQUEUED),
        ):
            step.then(
                partial(_list_mentions, live),
                [looked_for, conversation],
                [conversation, next_page, other_order],
                api_visibility="private",
                show_progress="hidden",
                trigger_mode="always_last",
            )
        for button, make_html, asked_html in (
            (voices, heard, voices_asked_html),
            (check, checked, check_asked_html),
        ):
            text = gradio.State("")
            step = button.click(_take, question, [question, text], **_UNQUEUED)
            step.then(
                partial(_show, live, make_html, asked_html),
                [text, conversation],
                conversation,
                api_visibility="private",
                show_progress="hidden",
                trigger_mode="always_last",
            )
            step.then(_hidden, None, [next_page, other_order], **_UNQUEUED)
        undo.click(
            partial(_ask_alone, live),
            [earlier, conversation],
            [earlier, conversation],
            api_visibility="private",
            show_progress="hidden",
        )
        # The page is made once, and opened when other generations answer.
        blocks.load(partial(_fixed_parts, live), None, [masthead, examples, *buttons], **_UNQUEUED)
        gradio.api(ask_as_json, api_name="ask")
    return blocks


def _fixed_parts(live: LiveIndex) -> list[Any]:
    """Masthead, the frame of the examples, and each of them, for the generation that answers."""
    try:
        with live.reading() as index:
            offered = _offered(index)
            shown = [any(offered), *offered]
            return [_masthead(index), *(gradio.update(visible=visible) for visible in shown)]
    except IndexProblem as error:  # what the page was made with stays
        _log.error("%s", error)
        return [gradio.skip()] * (2 + len(EXAMPLES))


def _masthead(index: SearchIndex) -> str:
    articles, _, earliest, latest = index.catalogue.scope()
    return masthead_html(articles, earliest, latest)


def _offered(index: SearchIndex) -> list[bool]:
    """For each example whether the article that answers it is in the collection."""
    return [index.catalogue.entry(article_id) is not None for article_id, _ in EXAMPLES]


def _take(question: str) -> tuple[str, str]:
    """An empty box, and the question that was in it."""
    return "", question


def _ask(
    live: LiveIndex,
    question: str,
    earlier: list[str],
    history: list[Any],
) -> tuple[list[str], list[Turn]]:
    """The questions and the conversation with this question and its answer."""
    if not question.strip():
        return earlier, _turns(history)
    with live.reading() as index:
        answer = answered(question, index, live.encoder, after=earlier)
    return [*earlier, question][-_TURNS_KEPT:], _with_turn(history, question, answer)


def _ask_alone(
    live: LiveIndex, earlier: list[str], history: list[Any]
) -> tuple[list[str], list[Turn]]:
    """The last question once more; from now on it is the first of the conversation."""
    if not earlier:
        return earlier, _turns(history)
    question = earlier[-1]
    with live.reading() as index:
        answer = answered(question, index, live.encoder, alone=True)
    return [question], _with_turn(history, question, answer)


def _show(
    live: LiveIndex,
    make_html: Callable[[str, SearchIndex, Encoder | None], str],
    asked_html: Callable[[str], str],
    text: str,
    history: list[Any],
) -> list[Turn]:
    """The conversation with this text and what is made of it."""
    if not text.strip():
        return _turns(history)
    with live.reading() as index:
        made = make_html(text, index, live.encoder)
    return [
        *_turns(history),
        {"role": "user", "content": asked_html(text)},
        {"role": "assistant", "content": made},
    ]


def _take_terms(terms: str) -> tuple[str, LookedFor]:
    """The same for words of which every mention is listed."""
    return "", LookedFor(terms)


def _list_mentions(live: LiveIndex, looked_for: LookedFor, history: list[Any]) -> tuple[Any, ...]:
    """The conversation with a page of mentions, and the buttons below it."""
    if not looked_for.asked.strip():
        return _turns(history), *_hidden()
    with live.reading() as index:
        found = listed(looked_for, index)
    asked = mentions_asked_html(looked_for.asked, looked_for.order, looked_for.page)
    turns = [
        *_turns(history),
        {"role": "user", "content": asked},
        {"role": "assistant", "content": found.html},
    ]
    other = f"{looked_for.in_other_order().order.capitalize()} first"
    return (
        turns,
        gradio.update(visible=found.has_next_page),
        gradio.update(value=other, visible=found.has_other_order),
    )


def _hidden() -> tuple[Any, Any]:
    """No buttons for pages of mentions: they would stand under something else."""
    return gradio.update(visible=False), gradio.update(visible=False)


def answered(
    question: str,
    index: SearchIndex,
    encoder: Encoder | None,
    *,
    after: Sequence[str] = (),
    alone: bool = False,
) -> str:
    """The answer as HTML, or why there is none.

    after: earlier questions, oldest first. alone: asked again, without what it took over and with
        what it left out.
    """
    try:
        answer = ask(question, index, encoder, after=after, as_asked=alone)
        return answer_html(answer, alone=alone)
    except UnusableQuestion as error:
        return notice_html(str(error))
    except IndexProblem as error:
        _log.error("%s", error)
        return notice_html(INDEX_DAMAGED)


def mount(application: FastAPI, chat: gradio.Blocks, head: str) -> FastAPI:
    """Put the chat on `/` of the application; routes that it already has come first."""
    mounted: FastAPI = gradio.mount_gradio_app(
        application,
        chat,
        path="/",
        footer_links=[],
        show_error=False,
        enable_monitoring=False,
        max_file_size=0,
        ssr_mode=False,
        theme=gradio.themes.Base(
            font=["ui-sans-serif", "system-ui", "sans-serif"],
            font_mono=["ui-monospace", "monospace"],
        ),
        head=head,
    )
    return mounted


def _with_turn(history: list[Any], question: str, answer: str) -> list[Turn]:
    return [
        *({**turn, "content": settled_html(turn["content"])} for turn in _turns(history)),
        {"role": "user", "content": question_html(question)},
        {"role": "assistant", "content": answer},
    ]


def _turns(history: list[Any]) -> list[Turn]:
    """The conversation as the browser sent it, cut to what a conversation can be. Its content
    is never trusted: the page sanitises it as it does everything."""
    turns = []
    for turn in history[-_TURNS_KEPT:]:
        role, content = turn.get("role"), turn.get("content")
        if isinstance(content, list):  # gradio wraps text that comes back
            content = "".join(part["text"] for part in content if part.get("type") == "text")
        if role in ("user", "assistant") and isinstance(content, str):
            turns.append({"role": role, "content": content})
    return turns
