"""`policy-match serve` as it is run: a port, many clients, a stop without loss."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import httpx2 as httpx
import pytest

from tests.bad.run import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BODY = {"on": "2022-12-31", "facts": {"employees": 86}}


class Server(NamedTuple):
    """A server of its own."""

    url: str
    process: subprocess.Popen[str]

    def stop(self) -> str:
        """Tell it to stop; return what it has written since it listens."""
        self.process.send_signal(signal.SIGTERM)
        _, log = self.process.communicate(timeout=60)
        assert "Traceback" not in log
        return log


@contextmanager
def serving(*options: str) -> Iterator[Server]:
    """Run `serve` on a free port until the block ends."""
    command = [sys.executable, "-m", "policy_match", "serve", "--port", "0", *options]
    env = {**os.environ, "LC_ALL": "en_GB.UTF-8"}
    with subprocess.Popen(  # noqa: S603
        command, stderr=subprocess.PIPE, text=True, env=env
    ) as one:
        assert one.stderr is not None
        found = re.search(r"http://\S+:\d+", one.stderr.readline())
        assert found
        try:
            yield Server(found[0], one)
        finally:
            one.kill()


def test_it_listens_answers_and_stops_without_loss() -> None:
    """What was begun before the stop is answered."""
    with serving() as server, ThreadPoolExecutor(4) as pool:
        assert httpx.get(f"{server.url}/health", timeout=60).json()["status"] == "ok"
        asked = [
            pool.submit(
                httpx.post, f"{server.url}/api/v1/check", json=BODY, timeout=120
            )
            for _ in range(4)
        ]
        asked[0].result()
        log = server.stop()
        answers = [one.result().json() for one in asked]
        assert all(one["findings"] for one in answers)
        assert server.process.returncode == 0
    lines = [json.loads(line) for line in log.splitlines()]
    assert [line["status"] for line in lines].count(200) == len(asked) + 1


def raw(server: Server, sent: bytes) -> bytes:
    """Return what comes back for bytes, whatever they are."""
    port = int(server.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=60) as one:
        one.sendall(sent)
        one.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: one.recv(4096), b""))


def test_what_is_no_http_is_refused_and_logged_as_all_else() -> None:
    """Above all an address in Chinese that was not encoded."""
    address = "/api/v1/codes?fact=industry_code&q=玩具"
    with serving() as server:
        for sent in (
            f"GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "\0\r\n\r\n",
        ):
            head, _, body = raw(server, sent.encode()).partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 400")
            assert b"application/problem+json" in head
            (fault,) = json.loads(body)["faults"]
            assert fault["code"] == "H812"
        log = server.stop()
    assert "玩具" not in log
    assert all(json.loads(line) for line in log.splitlines())


def test_an_address_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = run("serve", "--port", taken.getsockname()[1])
    assert ran.code == 2
    assert "cannot listen on 127.0.0.1" in ran.err
    assert "`--port`" in ran.err


def test_a_rulebook_that_is_wrong_is_not_served(tmp_path: Path) -> None:
    (tmp_path / "town.yaml").write_text("rulebook: {id: town}\n", "utf-8")
    ran = run("serve", "--port", "0", "--rules", tmp_path)
    assert ran.code == 4
    assert ran.faults


@pytest.mark.load
def test_a_hundred_at_once_lose_nothing() -> None:
    """On two processes; each answer is the same."""
    with serving("--workers", "2") as server, ThreadPoolExecutor(100) as pool:
        asked = [
            pool.submit(
                httpx.post, f"{server.url}/api/v1/check", json=BODY, timeout=300
            )
            for _ in range(100)
        ]
        answers = [one.result() for one in asked]
        assert {one.status_code for one in answers} == {200}
        assert len({one.content for one in answers}) == 1
        server.stop()
