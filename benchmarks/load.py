"""Many clients of `policy-match serve` on loopback, beside calls in this process.

    python benchmarks/load.py --clients 50 --seconds 60

Each client sends one firm after another to `check`, on a connection of its own. The
same number of answers is then given in this process, one after another, as JSON too:
throughput and the 99th percentile are ratios to that.
"""

from __future__ import annotations

import http.client
import json
import re
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import click
import yaml
from machine import described

from policy_match import load

_FIRM = Path(__file__).parent.parent / "examples" / "firms" / "toy-maker.yaml"
_OK = 200


@click.command()
@click.option("--clients", default=50, show_default=True)
@click.option("--seconds", default=60.0, show_default=True)
@click.option("--workers", default=2, show_default=True)
def main(clients: int, seconds: float, workers: int) -> None:
    """Print errors, throughput and waiting of both, and their ratios."""
    profile = yaml.load(_FIRM.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506
    body = json.dumps(profile, ensure_ascii=False).encode()
    print(f"{described()}, {clients} clients for {seconds:g} s, {workers} workers\n")
    command = [sys.executable, "-m", "policy_match", "serve", "--port", "0"]
    command += ["--workers", str(workers)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        log = server.stderr or sys.stdin
        line = log.readline()
        found = re.findall(r"http://([^:/]+):(\d+)", line)
        where = found[0][0], int(found[0][1])
        with ThreadPoolExecutor(clients + 1) as pool:
            # The log is read, or the server would wait for room in the pipe.
            pool.submit(lambda: [None for _ in log])
            _sent(where, body, 0.0)
            begun = time.perf_counter()
            asked = [pool.submit(_sent, where, body, seconds) for _ in range(clients)]
            told = [one.result() for one in asked]
            served = time.perf_counter() - begun
            server.terminate()
    waits = [wait for waited, _ in told for wait in waited]
    errors = sum(failed for _, failed in told)
    print(f"{len(waits)} answers, {errors} errors")
    alone = _in_process(len(waits), profile)
    rates = len(waits) / served, len(alone) / sum(alone)
    late = _p99(waits), _p99(alone)
    print(f"served      {rates[0]:8.1f} a second, p99 {late[0] * 1000:8.1f} ms")
    print(f"in process  {rates[1]:8.1f} a second, p99 {late[1] * 1000:8.1f} ms")
    print(
        f"ratio       {rates[0] / rates[1]:8.2f}           p99 {late[0] / late[1]:8.1f}"
    )


def _sent(
    where: tuple[str, int], body: bytes, seconds: float
) -> tuple[list[float], int]:
    """Ask until the time is over, once at least; return seconds of each, and errors."""
    line = http.client.HTTPConnection(*where, timeout=600)
    head = {"Content-Type": "application/json"}
    waits: list[float] = []
    errors = 0
    end = time.perf_counter() + seconds
    while not waits or time.perf_counter() < end:
        begun = time.perf_counter()
        line.request("POST", "/api/v1/check", body, head)
        answer = line.getresponse()
        data = answer.read()
        waits.append(time.perf_counter() - begun)
        errors += answer.status != _OK or not json.loads(data)["findings"]
    line.close()
    return waits, errors


def _in_process(count: int, profile: dict[str, Any]) -> list[float]:
    """Return the seconds of so many answers in this process."""
    law, facts = load().on(str(profile["on"])), profile["facts"]
    waits: list[float] = []
    for _ in range(count):
        begun = time.perf_counter()
        json.dumps(law.assess(facts).to_dict("zh"), ensure_ascii=False)
        waits.append(time.perf_counter() - begun)
    return waits


def _p99(seconds: list[float]) -> float:
    if len(seconds) == 1:
        return seconds[0]
    return statistics.quantiles(seconds, n=100, method="inclusive")[98]


if __name__ == "__main__":
    main()
