"""A server on a port: as many processes as it is told, stopped without loss."""

from __future__ import annotations

import os
import signal
import socket
from typing import TYPE_CHECKING

import uvicorn

from policy_match.errors import UsageError, reason
from policy_match.language.messages import said
from policy_match.web.app import SETTINGS, create
from policy_match.web.http import Protocol
from policy_match.web.logs import take_over

if TYPE_CHECKING:
    from collections.abc import Callable

    from policy_match.web.settings import Settings

_FACTORY = "policy_match.web.app:from_environment"
_GRACE = 600
"""Seconds in which answers that were begun are finished; then 503 is told instead."""


def serve(
    settings: Settings,
    host: str,
    port: int,
    *,
    workers: int = 1,
    listening: Callable[[str], None],
) -> None:
    """Serve until told to stop; `listening` is told the address once it is taken.

    Port 0 is one that is free. Raises UsageError where the address cannot be taken,
    RulebookError where the rulebook is not sound.
    """
    take_over()
    app = create(settings)
    with _taken(host, port) as taken:
        config = uvicorn.Config(
            app,
            access_log=False,
            log_config=None,
            http=Protocol,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_GRACE,
        )
        at = taken.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        listening(f"http://{shown}:{at}/")
        for told in (signal.SIGINT, signal.SIGTERM):
            # uvicorn stops, and sends itself the signal again once it has.
            signal.signal(told, lambda *_: None)
        if workers == 1:
            uvicorn.Server(config).run(sockets=[taken])
            return
        os.environ[SETTINGS] = settings.written()
        config.app, config.factory, config.workers = _FACTORY, True, workers
        from uvicorn.supervisors import Multiprocess  # noqa: PLC0415

        Multiprocess(config, sockets=[taken]).run()


def _taken(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, OverflowError, UnicodeError) as error:
        why = reason(error) if isinstance(error, OSError) else said("no-page")
        message = said("address-taken", host=host, port=port, reason=why)
        raise UsageError(message, said("other-port")) from None
