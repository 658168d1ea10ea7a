"""HTTP as uvicorn speaks it; what is none is refused as everything else is."""

from __future__ import annotations

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from policy_match.errors import Fault, Place
from policy_match.language.messages import said
from policy_match.language.words import LANGUAGES
from policy_match.records.sealing import canonical
from policy_match.web.problems import MEDIA
from policy_match.web.told import REQUEST, details

_NO_HTTP = 400


class Protocol(H11Protocol):
    """A connection."""

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  (uvicorn's own)
        """Refuse what is no HTTP request, in no language that it could have named."""
        fault = Fault(Place(REQUEST), "H812", said("not-http"), said("encode-address"))
        data = canonical(details(_NO_HTTP, [fault], LANGUAGES[0]))
        headers = [
            ("Content-Type", MEDIA),
            ("Content-Length", str(len(data))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Connection", "close"),
        ]
        for event in (
            h11.Response(status_code=_NO_HTTP, headers=headers, reason=b"Bad Request"),
            h11.Data(data=data),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
