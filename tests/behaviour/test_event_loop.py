"""What the rules about asynchronous code claim, held against the libraries themselves."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI

from tests.behaviour.asgi import Answer, request


def statuses_of_two_requests(endpoint: Callable[[], Any]) -> list[int]:
    """The answers to two requests that are made at the same time."""
    app = FastAPI()
    app.get("/")(endpoint)

    async def both() -> list[Answer]:
        return await asyncio.gather(request(app), request(app))

    return [answer.status for answer in asyncio.run(both())]


@pytest.mark.parametrize("kind", ["plain function", "in a thread", "blocking"])
def test_a_blocking_call_keeps_other_requests_waiting(kind: str) -> None:
    meeting = threading.Barrier(2)

    def meet() -> None:
        meeting.wait(timeout=0.2 if kind == "blocking" else 10)

    async def in_thread() -> None:
        await asyncio.to_thread(meet)

    async def blocking() -> None:
        meet()

    endpoint = {"plain function": meet, "in a thread": in_thread, "blocking": blocking}[kind]
    expected = [500, 500] if kind == "blocking" else [200, 200]
    assert statuses_of_two_requests(endpoint) == expected


def test_sqlalchemy_refuses_drivers_that_do_not_fit_the_engine() -> None:
    from sqlalchemy import create_engine
    from sqlalchemy.exc import InvalidRequestError, MissingGreenlet
    from sqlalchemy.ext.asyncio import create_async_engine

    with pytest.raises(InvalidRequestError, match="requires an async driver"):
        create_async_engine("sqlite://")
    with pytest.raises(MissingGreenlet):
        create_engine("sqlite+aiosqlite://").connect()
