"""The parameters of an address: none is passed over in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.errors import Fault, Place, did_you_mean
from policy_match.language.messages import said
from policy_match.language.words import LANGUAGES
from policy_match.web.negotiation import LANGUAGE
from policy_match.web.told import QUERY

if TYPE_CHECKING:
    from starlette.requests import Request


def wrong_parameters(request: Request, *names: str) -> list[Fault]:
    """Return what is wrong with the parameters, of which there are these.

    A name that is misspelt would be answered by another day's law, one that stands
    twice by either.
    """
    known = (*names, LANGUAGE)
    given = [name for name, _ in request.query_params.multi_items()]
    found: list[Fault] = []
    for name in dict.fromkeys(given):
        place = Place(QUERY, pointer=name)
        if name not in known:
            hint = did_you_mean(name, known, said("known-values", known=known))
            message = said("unknown-key", key=name)
            found.append(Fault(place, "H809", message, hint))
        elif given.count(name) > 1:
            message = said("twice", key=name)
            found.append(Fault(place, "H809", message, said("keep-one")))
    lang = request.query_params.get(LANGUAGE, LANGUAGES[0])
    if lang not in LANGUAGES:
        message = said("unknown-language", name=lang)
        hint = said("known-values", known=LANGUAGES)
        found.append(Fault(Place(QUERY, pointer=LANGUAGE), "H809", message, hint))
    return found
