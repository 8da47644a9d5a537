"""The routes and headers of the web application, without a browser."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import pytest

from retrieval import answer_as_json, ask
from tests.web.conftest import Served, call_endpoint

STYLE = Path(__file__).parents[3] / "interface" / "page" / "static" / "page.css"


def _get(address: str) -> tuple[int, dict[str, str], bytes]:
    try:
        with urllib.request.urlopen(address, timeout=20) as response:
            return response.status, dict(response.headers), response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def test_health_names_the_generation(served: Served) -> None:
    """/healthz answers at once with the generation that is served."""
    status, _, body = _get(served.address + "healthz")
    assert status == 200
    assert json.loads(body) == {
        "status": "ok",
        "generation": served.index.manifest.generation,
    }


def test_a_source_comes_in_segments_that_are_its_text(served: Served) -> None:
    """/source cuts the text on the server; together the segments are the text exactly."""
    article = served.index.article("bridge")
    start = article.text.index("“Engineers")
    wanted = {"article": "bridge", "sha256": article.sha256, "start": start, "end": start + 9}
    status, _, body = _get(served.address + "source?" + urlencode(wanted))
    view = json.loads(body)
    assert status == 200
    assert "".join(segment["text"] for segment in view["segments"]) == article.text
    assert "".join(s["text"] for s in view["segments"] if s["marks"] == [1]) == "“Engineer"
    assert view["title"] == "‘Close the bridge’, says council leader"
    # 6 March 2019 was a Wednesday, 3 June 2019 a Monday: "Tue, 03/06/2019" is neither.
    assert view["source"] == "Ashford Courier, no date"


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "0" * 64},
        {"article": "hostile"},
        {"start": 5, "end": 5},
        {"start": -1, "end": 4},
        {"end": 10**9},
    ],
    ids=["unknown-version", "another-article", "nothing-marked", "negative", "beyond-the-end"],
)
def test_a_place_that_does_not_exist_is_not_found(
    served: Served, change: dict[str, object]
) -> None:
    """A link that fits no article version gets 404 and a sentence, no trace."""
    article = served.index.article("bridge")
    wanted = {"article": "bridge", "sha256": article.sha256, "start": 3, "end": 9} | change
    status, _, body = _get(served.address + "source?" + urlencode(wanted))
    assert status == 404
    assert json.loads(body) == {"detail": "This link fits no article of the collection."}


def test_the_public_endpoint_gives_the_canonical_answer(served: Served) -> None:
    """Gradio's `ask` endpoint returns the same JSON as the command line."""
    question = "Engineers found how many cracks in the northern arch?"
    answer = call_endpoint(served.address + "gradio_api/call/ask", question)
    assert answer == answer_as_json(ask(question, served.index, served.encoder))
    assert answer["citations"][0]["article"]["article_id"] == "bridge"


@pytest.mark.parametrize("scheme", [":root", ".dark"])
def test_every_pair_of_text_and_ground_has_enough_contrast(scheme: str) -> None:
    """WCAG 2 AA: at least 4.5 to 1 for text, computed from the style sheet's own colours."""
    block = re.search(
        rf"^{re.escape(scheme)} \{{(.*?)^\}}", STYLE.read_text(), re.DOTALL | re.MULTILINE
    )
    assert block is not None
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block[1]))
    pairs = [
        ("ink", "paper"), ("ink", "sheet"), ("muted", "paper"), ("muted", "sheet"),
        ("accent", "paper"), ("accent", "sheet"), ("on-accent", "accent"), ("on-marker", "marker"),
    ]  # fmt: skip
    for text, ground in pairs:
        assert _contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    "data", [[None], [123], [{"secret": "x"}], [], ["secret", "secret"]], ids=str
)
def test_what_a_client_sends_reaches_no_log(
    served: Served, data: list[object], capfd: pytest.CaptureFixture[str]
) -> None:
    """A request that cannot be read is told by its kind alone."""
    for path, body in (
        ("gradio_api/call/ask", {"data": data}),
        ("gradio_api/queue/join", {"data": data, "fn_index": 0, "session_hash": "secret"}),
    ):
        request = urllib.request.Request(
            served.address + path,
            data=json.dumps(body).encode(),
            headers={"content-type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                event = json.load(response).get("event_id")
            if path.endswith("ask"):
                with urllib.request.urlopen(
                    f"{served.address}{path}/{event}", timeout=20
                ) as events:
                    events.read()
            else:
                _get(f"{served.address}gradio_api/queue/data?session_hash=secret")
        except urllib.error.HTTPError as error:
            error.close()
    told = "".join(capfd.readouterr())
    assert "secret" not in told
    assert "Traceback" not in told
