"""The page as Gradio blocks: boxes, buttons and frames that the static files bring to life.

Gradio's own chat sends the whole conversation to the server and back with each question, which took
180 ms from Enter to the answer on the starter collection, of which 30 ms were the answer. Here its
boxes hand what was typed to a script, which asks our routes; see `interface.page.view_routes`.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

from interface.page.hiding import hidden

# Read when gradio is imported: without it gradio looks up hosts outside.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

# gradio loads it where it is installed, for tools of its own, in a quarter of the whole start; ours
# are in interface.api.mcp.
with hidden("mcp"):
    import gradio
from fastapi import FastAPI

from index import IndexProblem
from interface.api.requests import LONGEST_DRAFT
from interface.live import LiveIndex
from interface.rendering import INDEX_DAMAGED
from retrieval import LONGEST_QUESTION, UnusableQuestion, answer_as_json, ask

_MARKUP = Path(__file__).parent / "markup"
# Relative, so that the page works behind a proxy that puts it under a path.
_HEAD = "".join(
    (
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        *(
            f'<link rel="stylesheet" href="reading-room/{name}.css">'
            for name in ("page", "answers", "voices", "articles", "reader")
        ),
        '<script type="module" src="reading-room/page.js"></script>',
    )
)

_log = logging.getLogger(__name__)


def make_blocks(live: LiveIndex) -> gradio.Blocks:
    """The page's blocks, and Gradio's own endpoint `ask` over the index that answers."""

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

    with gradio.Blocks(title="On the Record", analytics_enabled=False, fill_width=True) as blocks:
        _frame(_markup("head"), "masthead")
        with gradio.Row(elem_id="room"):
            with gradio.Column(elem_id="desk", min_width=280):
                with gradio.Column(elem_id="view-ask"):
                    _make_ask()
                with gradio.Column(elem_id="view-voices"):
                    _make_voices()
                with gradio.Column(elem_id="view-articles"):
                    _frame(_markup("articles"))
                with gradio.Column(elem_id="view-check"):
                    _make_check()
            with gradio.Column(elem_id="reader-column", min_width=280):
                _frame('<div id="reader"></div>')
        gradio.api(ask_as_json, api_name="ask")
    return blocks


def mount(application: FastAPI, blocks: gradio.Blocks, root_path: str = "") -> FastAPI:
    """Put the page on `/` of the application; routes that it already has come first."""
    mounted: FastAPI = gradio.mount_gradio_app(
        application,
        blocks,
        path="/",
        root_path=root_path or None,
        footer_links=[],
        show_error=False,
        enable_monitoring=False,
        max_file_size=0,
        ssr_mode=False,
        run_history=False,
        theme=gradio.themes.Base(
            font=["ui-sans-serif", "system-ui", "sans-serif"],
            font_mono=["ui-monospace", "monospace"],
        ),
        head=_HEAD,
    )
    return mounted


def _make_ask() -> None:
    _frame('<div id="conversation-tools"></div><div id="thread"></div><div id="examples"></div>')
    with gradio.Row(elem_id="asking"):
        _frame('<div id="question-filters"></div>')
        question = gradio.Textbox(
            elem_id="question",
            label="Question or words",
            placeholder="Ask the articles",
            # One more than is read, so that nothing is cut without a word.
            max_length=LONGEST_QUESTION + 1,
            lines=1,
            max_lines=5,
            submit_btn="Ask",
            autofocus=True,
        )
        mention = gradio.Button("Every mention", elem_id="every-mention", size="sm")
    _hand(question.submit, question, "ask")
    _hand(mention.click, question, "mention")


def _make_voices() -> None:
    _frame('<div id="voice-filters"></div>')
    subject = gradio.Textbox(
        elem_id="subject",
        label="Who says what on",
        placeholder="A subject, a question or some words",
        max_length=LONGEST_QUESTION + 1,
        lines=1,
        max_lines=5,
        submit_btn="Look up",
    )
    _frame(_markup("voices"))
    _hand(subject.submit, subject, "hear")


def _make_check() -> None:
    draft = gradio.Textbox(
        elem_id="draft",
        label="A quotation, or a draft with quotations in it",
        placeholder="“We cannot keep lorries on it,” said Mira Holt.",
        max_length=LONGEST_DRAFT + 1,
        lines=6,
        max_lines=20,
    )
    check = gradio.Button("Check", elem_id="check", size="sm")
    _frame('<div id="checked"></div>')
    _hand(check.click, draft, "check")


def _hand(event: Any, box: gradio.Textbox, function: str) -> None:
    """Where `event` happens, hand what stands in the box to a function of page.js; what that gives
    stands there afterwards. Nothing is sent to the server by Gradio."""
    event(None, box, box, js=f"words => window.onrecord.{function}(words)", show_progress="hidden")


def _frame(html: str, elem_id: str | None = None) -> None:
    """Fixed markup of ours, which Gradio's styles for prose leave alone."""
    gradio.HTML(html, elem_id=elem_id, apply_default_css=False, js_on_load=None)


def _markup(name: str) -> str:
    return (_MARKUP / f"{name}.html").read_text(encoding="utf-8")
