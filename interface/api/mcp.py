"""The tools over the Model Context Protocol, on `/mcp`, with the official SDK (`mcp`, an extra).

Imported only where it is asked for: the SDK need not be installed.
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import anyio.to_thread
from fastapi import FastAPI
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPASGIApp, StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)
from pydantic import ValidationError
from starlette.routing import Route

from index import IndexProblem
from interface.api.tools import INSTRUCTIONS, TOOLS, ToolCall
from interface.filters import UnusableFilter
from interface.live import LiveIndex
from interface.rendering import INDEX_DAMAGED
from interface.server.errors import sentence_of
from interface.server.wording import NO_SUCH_SPEAKER, WENT_WRONG
from retrieval import RetrievalError, UnknownSpeaker

PATH = "/mcp"
_NO_SUCH_TOOL = f"There is no such tool. There are: {', '.join(tool.name for tool in TOOLS)}."
# Nothing is changed, the same question has the same answer, and nothing else is asked.
_ONLY_READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)

_log = logging.getLogger(__name__)


def add_mcp_route(application: FastAPI, live: LiveIndex) -> None:
    """`POST /mcp`. Each request stands alone and is answered with one JSON object: no session is
    kept, and no stream stays open. Call before the application starts.

    Hosts and origins are not looked at here: a guard of the server does that for all routes.
    """
    _keep_questions_out_of_the_log()
    manager = StreamableHTTPSessionManager(_server(live), json_response=True, stateless=True)
    # Only POST: what a GET opens is a stream that would never carry anything.
    application.router.routes.append(
        Route(PATH, StreamableHTTPASGIApp(manager), methods=["POST"], include_in_schema=False)
    )
    before = application.router.lifespan_context

    @asynccontextmanager
    async def lifespan(running: Any) -> AsyncIterator[Any]:
        async with before(running) as state, manager.run():
            yield state

    application.router.lifespan_context = lifespan


def _server(live: LiveIndex) -> Server[Any]:
    tools = {tool.name: tool for tool in TOOLS}

    async def list_tools(_: Any, __: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=[_described(tool) for tool in TOOLS])

    async def call_tool(_: Any, asked: CallToolRequestParams) -> CallToolResult:
        tool = tools.get(asked.name)
        if tool is None:
            raise MCPError(INVALID_PARAMS, _NO_SUCH_TOOL)
        return await anyio.to_thread.run_sync(_called, tool, asked.arguments or {}, live)

    return Server(
        "on-the-record",
        version=_version(),
        title="On the Record",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _described(tool: ToolCall) -> Tool:
    return Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.schema(),
        annotations=_ONLY_READS,
    )


def _called(tool: ToolCall, arguments: dict[str, Any], live: LiveIndex) -> CallToolResult:
    """The answer twice, as the protocol advises: as an object, and as its text for clients that
    read no objects. An error is a sentence."""
    try:
        answer = tool(arguments, live)
    except Exception as error:  # noqa: BLE001 (its message may hold a question)
        said = TextContent(type="text", text=_sentence(error))
        return CallToolResult(content=[said], is_error=True)
    text = json.dumps(answer, ensure_ascii=False)
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=answer)


def _sentence(error: Exception) -> str:
    match error:
        case ValidationError():
            return sentence_of(error.errors()[0])
        case UnknownSpeaker():  # its own advice is a command of the command line
            return NO_SUCH_SPEAKER
        case RetrievalError() | UnusableFilter():
            return str(error)
        case IndexProblem():
            _log.error("%s", error)
            return INDEX_DAMAGED
    last = traceback.extract_tb(error.__traceback__)[-1]
    _log.error(
        "A tool failed: %s in %s, line %s",
        type(error).__name__,
        Path(last.filename).name,
        last.lineno,
    )
    return WENT_WRONG


class _KindsOnly(logging.Handler):
    """Tells the kind of an error: its message and its trace may hold a question."""

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0] if record.exc_info else None
        _log.error("A request to %s failed: %s", PATH, kind.__name__ if kind else "unknown")


def _keep_questions_out_of_the_log() -> None:
    """What the SDK logs. Errors only: its warnings are of requests that were refused in words."""
    logger = logging.getLogger("mcp")
    logger.handlers = [_KindsOnly(logging.ERROR)]
    logger.propagate = False


def _version() -> str:
    try:
        return version("on-the-record")
    except PackageNotFoundError:  # a clone that was never installed
        return ""
