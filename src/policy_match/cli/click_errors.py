"""What is wrong with a command line, in our words and in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from policy_match.errors import UsageError, did_you_mean
from policy_match.language.messages import Message, said

if TYPE_CHECKING:
    from collections.abc import Iterable


def explained(error: click.ClickException) -> tuple[Message, str]:
    """Return what click complains of, and what to do about it."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "policy-match"
    see_help = said("see-help", command=command)
    match error:
        case click.NoSuchOption(option_name=name):
            known = _options(context)
            return said("unknown-option", name=name), did_you_mean(
                name, known, see_help
            )
        case click.MissingParameter(param=click.Parameter() as param):
            name = param.human_readable_name if context is None else _shown(param)
            return said("missing-argument", name=name), see_help
        case click.BadParameter(param=click.Parameter() as param):
            return _bad_value(error, param)
        case click.BadOptionUsage(option_name=name):
            key = "no-value" if "not take" in error.message else "missing-value"
            return said(key, name=name), see_help
        case click.exceptions.NoArgsIsHelpError():
            return said("missing-argument", name="COMMAND"), see_help
        case click.UsageError(message=text) if "No such command" in text:
            known = context.command.list_commands(context)  # type: ignore[union-attr]
            return unknown_command(_quoted(text, "'"), known)
        case click.UsageError(message=text) if "extra argument" in text:
            name = text[text.find("(") + 1 : text.rfind(")")]
            return said("extra-argument", name=name), see_help
        case _:
            return said("bad-command"), see_help


def refuse_repeated(command: click.Command, args: list[str]) -> None:
    """Raise UsageError where an option that is taken once is given twice."""
    options = {
        name: option
        for option in command.params
        if isinstance(option, click.Option)
        for name in option.opts
    }
    seen: set[str | None] = set()
    waiting = iter(enumerate(args))
    for at, word in waiting:
        if word == "--":
            return
        name, equals, _ = word.partition("=")
        option = options.get(name)
        if option is None:
            inner = isinstance(command, click.Group) and not word.startswith("-")
            known = command.commands.get(word) if inner else None  # type: ignore[attr-defined]
            if known is not None:
                refuse_repeated(known, args[at + 1 :])
                return
            continue
        if option.is_flag or option.count:
            continue
        if option.name in seen and not option.multiple:
            raise UsageError(said("given-twice", name=name), said("give-it-once"))
        seen.add(option.name)
        if not equals:
            next(waiting, None)


def unknown_command(name: str, known: Iterable[str]) -> tuple[Message, str]:
    """Return that there is no such command, and which there are."""
    otherwise = said("known-commands", known=tuple(known))
    return said("unknown-command", name=name), did_you_mean(name, known, otherwise)


def _quoted(text: str, mark: str) -> str:
    return text.split(mark)[1] if mark in text else ""


def _shown(param: click.Parameter) -> str:
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.make_metavar(click.Context(click.Command(""))).rstrip(".")


def _options(context: click.Context | None) -> list[str]:
    params = context.command.params if context else []
    return [option for param in params for option in param.opts if option[:2] == "--"]


def _bad_value(
    error: click.BadParameter, param: click.Parameter
) -> tuple[Message, str]:
    name = _shown(param)
    if isinstance(param.type, click.Choice):
        text = _quoted(error.message, "'")
        known = tuple(map(str, param.type.choices))
        message = said("one-of", text=text, name=name)
        return message, did_you_mean(text, known, said("known-values", known=known))
    if isinstance(error.message, Message):
        dated = param.type.name == "date"
        return error.message, said("write-a-day") if dated else ""
    if isinstance(param.type, click.Path) and "directory" in error.message:
        path, why = _quoted(error.message, "'"), said("is-a-directory")
        return said("cannot-write", path=path, reason=why), ""
    return said("bad-value", name=name), said("see-help", command="policy-match")
