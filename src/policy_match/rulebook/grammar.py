"""The grammar of conditions and formulas, parsed by Lark."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from lark import Lark, Token, Transformer, Tree, UnexpectedInput, v_args
from lark.exceptions import VisitError

from policy_match.language.locales import LONGEST_NUMBER
from policy_match.language.messages import Message, said
from policy_match.rulebook import syntax as s
from policy_match.rulebook.slips import misread, unreadable

if TYPE_CHECKING:
    from policy_match.errors import Hint

GRAMMAR = r"""
?start: either
?either: both
       | both ("or" both)+              -> either
?both: negated
     | negated ("and" negated)+         -> both
?negated: "not" negated                 -> negation
        | test
?test: sum
     | sum RELATION sum                 -> relation
     | sum "in" "[" items "]"           -> member
     | sum "not" "in" "[" items "]"     -> no_member
     | sum "within" sum [".." sum]      -> inside
items: item ("," item)* ","?
?item: NAME                             -> name
     | NUMBER                           -> number
     | QUOTED                           -> quoted
?sum: product
    | sum ADD product                   -> binary
?product: unit
        | product MULTIPLY unit         -> binary
?unit: SPAN                             -> span
     | DATE                             -> day
     | NUMBER                           -> number
     | "-" NUMBER                       -> minus
     | QUOTED                           -> quoted
     | PARAMETER ["@" DATE]             -> parameter
     | NAME "(" sum ("," sum)* ")"      -> call
     | NAME                             -> name
     | "(" either ")"
RELATION: "<=" | ">=" | "!=" | "<" | ">" | "="
ADD: "+" | "-"
MULTIPLY: "*" | "/"
SPAN.4: /\d+\s+(years?|months?|days?)\b/
DATE.3: /\d{4}-\d{2}-\d{2}/
NUMBER.2: /\d[\d_]*(\.\d+)?(%|‰|[^\W\d_]+)?/
PARAMETER: /\$[^\W\d]\w*(\.[^\W\d]\w*)?/
NAME: /[^\W\d]\w*(\.[^\W\d]\w*)?/
QUOTED: /"[^"]*"|'[^']*'/
%ignore /\s+/
"""

MOST_CHARACTERS = 1 << 14
"""Of a condition or formula."""
MOST_LEVELS = 100
"""Of a condition; a chain of a hundred sums is such a nest, too."""


class GrammarError(Exception):
    """A condition or formula that cannot be parsed, and where in it."""

    def __init__(self, message: Message, at: int, hint: Hint = "") -> None:
        """Keep the message, the offset into the text, and the hint."""
        super().__init__(message)
        self.message, self.at, self.hint = message, at, hint


@v_args(inline=True)
class _Build(Transformer[Token, s.Surface]):
    def name(self, token: Token) -> s.Name:
        return s.Name(str(token), token.start_pos or 0)

    def number(self, token: Token) -> s.Num:
        _short_enough(token, token)
        return s.Num(str(token).replace("_", ""), token.start_pos or 0)

    def minus(self, token: Token) -> s.Num:
        _short_enough(token, token)
        return s.Num("-" + str(token).replace("_", ""), token.start_pos or 0)

    def quoted(self, token: Token) -> s.Quoted:
        return s.Quoted(str(token)[1:-1], token.start_pos or 0)

    def day(self, token: Token) -> s.Day:
        return s.Day(_day(token), token.start_pos or 0)

    def span(self, token: Token) -> s.Span:
        count, unit = str(token).split()
        _short_enough(count, token)
        return s.Span(int(count), unit.rstrip("s"), token.start_pos or 0)

    def parameter(self, token: Token, day: Token | None) -> s.Param:
        name, _, key = str(token)[1:].partition(".")
        return s.Param(name, key, _day(day) if day else None, token.start_pos or 0)

    def call(self, token: Token, *arguments: s.Surface) -> s.Call:
        return s.Call(str(token), arguments, token.start_pos or 0)

    def binary(self, left: s.Surface, sign: Token, right: s.Surface) -> s.Binary:
        return s.Binary(str(sign), left, right, left.at)

    def relation(self, left: s.Surface, sign: Token, right: s.Surface) -> s.Relation:
        return s.Relation(str(sign), left, right, left.at)

    def items(self, *items: s.Surface) -> tuple[s.Surface, ...]:
        return items

    def member(self, of: s.Surface, items: tuple[s.Surface, ...]) -> s.Membership:
        return s.Membership(of, items, of.at)

    def no_member(self, of: s.Surface, items: tuple[s.Surface, ...]) -> s.Negation:
        return s.Negation(s.Membership(of, items, of.at), of.at)

    def inside(self, of: s.Surface, low: s.Surface, high: s.Surface | None) -> s.Inside:
        return s.Inside(of, low, high, of.at)

    def negation(self, of: s.Surface) -> s.Negation:
        return s.Negation(of, of.at)

    def both(self, *of: s.Surface) -> s.Junction:
        return s.Junction("and", of, of[0].at)

    def either(self, *of: s.Surface) -> s.Junction:
        return s.Junction("or", of, of[0].at)


def _short_enough(number: str, token: Token) -> None:
    if len(number) > LONGEST_NUMBER:
        message = said("number-too-long", text=number, size=LONGEST_NUMBER)
        raise GrammarError(message, token.start_pos or 0, said("write-shorter"))


def _day(token: Token) -> date:
    try:
        return date.fromisoformat(str(token))
    except ValueError:
        at = token.start_pos or 0
        raise GrammarError(said("not-a-day", text=token), at) from None


@cache
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", maybe_placeholders=True)


def parse(text: str) -> s.Parsed:
    """Return the tree of a condition or formula; raises GrammarError."""
    if len(text) > MOST_CHARACTERS:
        message = said("condition-too-long", size=MOST_CHARACTERS)
        raise GrammarError(message, 0, said("name-the-parts"))
    if (slip := misread(text)) is not None:
        raise GrammarError(*slip)
    try:
        tree: Any = _parser().parse(text)
        if _depth(tree) > MOST_LEVELS:
            message = said("too-deep", depth=MOST_LEVELS)
            raise GrammarError(message, 0, said("name-the-parts"))
        return s.Parsed(text, _Build().transform(tree))
    except UnexpectedInput as error:
        at = getattr(error, "pos_in_stream", None)
        ended = getattr(getattr(error, "token", None), "type", "") == "$END"
        at = len(text) if ended or at is None or at < 0 else at
        raise GrammarError(*_explained(text, at)) from None
    except VisitError as error:
        if isinstance(error.orig_exc, GrammarError):
            raise error.orig_exc from None
        raise


def _depth(tree: Tree[Token]) -> int:
    depth, level = 0, [tree]
    while level:
        depth += 1
        level = [c for node in level for c in node.children if isinstance(c, Tree)]
    return depth


def _explained(text: str, at: int) -> tuple[Message, int, Hint]:
    if (slip := unreadable(text, at)) is not None:
        return slip
    rest = text[at:]
    if not rest.strip():
        return said("ends-too-early"), at, said("missing-at-end")
    return said("not-understood", word=rest.split()[0][:20]), at, ""
