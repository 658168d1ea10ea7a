"""The entry point: commands found by name, errors turned into exit codes."""

from __future__ import annotations

import importlib
import os
import sys
from typing import NoReturn

import click

from policy_match.cli import click_errors
from policy_match.cli.console import say, say_faults, use_utf8
from policy_match.errors import (
    FaultsError,
    PolicyMatchError,
    ProfileError,
    RecordError,
    RulebookError,
    UsageError,
    reason,
)
from policy_match.language.messages import said
from policy_match.version import __version__

USAGE, INPUT, RULEBOOK, DEFECT, INTERRUPTED = 2, 3, 4, 1, 130

COMMANDS = {
    "check": "policy_match.cli.check",
    "assess": "policy_match.cli.assess",
    "replay": "policy_match.cli.replay",
    "compare": "policy_match.cli.compare",
    "screen": "policy_match.cli.screen",
    "notices": "policy_match.cli.notices",
    "takeup": "policy_match.cli.takeup",
    "policies": "policy_match.cli.policies",
    "codes": "policy_match.cli.codes",
    "profile": "policy_match.cli.profile",
    "lint": "policy_match.cli.lint",
    "schema": "policy_match.cli.schema",
    "serve": "policy_match.cli.serve",
    "site": "policy_match.cli.site",
}
"""Each command's module, imported only when the command is asked for."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = importlib.import_module(module).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        typed = args[0]  # what is no command is read as options, and taken away
        try:
            name, command, rest = super().resolve_command(ctx, args)
        except click.UsageError:
            if typed.startswith("-"):
                raise
            raise UsageError(*click_errors.unknown_command(typed, COMMANDS)) from None
        if command is not None:
            click_errors.refuse_repeated(command, rest)
        return name, command, rest


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="policy-match")
def commands() -> None:
    """Match firms to the incentives they are entitled to, and say why.

    惠企政策匹配：企业能享受哪些补贴、税收优惠和服务，依据是什么。
    """


def main() -> NoReturn:
    """Run a command and exit; the codes are those of docs/command-line.md."""
    use_utf8()
    stdout = sys.stdout
    try:
        result = commands(prog_name="policy-match", standalone_mode=False)
        sys.stdout.flush()
        code = result if isinstance(result, int) else 0
    except click.exceptions.Exit as end:
        code = end.exit_code
    except click.Abort:
        say(said("interrupted"))
        code = INTERRUPTED
    except click.ClickException as error:
        say(*click_errors.explained(error))
        code = USAGE
    except RulebookError as error:
        code = _refused(error, RULEBOOK)
    except (ProfileError, RecordError) as error:
        code = _refused(error, INPUT)
    except UsageError as error:
        say(error.message, error.hint)
        code = USAGE
    except PolicyMatchError as error:
        say(error.args[0])
        code = USAGE
    except (BrokenPipeError, SystemExit) as error:
        # click puts another in place of an output that was closed, and exits.
        if isinstance(error, SystemExit) and sys.stdout is stdout:
            raise
        _give_up_stdout()
        say(said("closed-pipe"))
        code = USAGE
    except OSError as error:
        if error.filename is not None:
            code = _defect(error)
        else:
            _give_up_stdout()
            say(said("cannot-write", path=said("stdout"), reason=reason(error)))
            code = USAGE
    except Exception as error:  # noqa: BLE001  (told as a defect of ours)
        code = _defect(error)
    sys.exit(code)


def _defect(error: Exception) -> int:
    if os.environ.get("POLICY_MATCH_TRACEBACK"):
        raise error
    say(said("defect", what=f"{type(error).__name__}: {error}"), said("report-it"))
    return DEFECT


def _give_up_stdout() -> None:
    """Let what is left in the buffer go nowhere, so that exit does not fail too."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refused(error: FaultsError, code: int) -> int:
    say_faults(error.faults)
    return code
