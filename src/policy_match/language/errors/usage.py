"""Sentences about the command line, and what commands report beside their results."""

from __future__ import annotations

_BUILD = (
    "CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject "
    "pip install 'policy-match[durable]'"
)

USAGE = {
    "no-prompts": (
        "questions at a terminal need `prompt_toolkit`",
        "在终端提问需要“prompt_toolkit”",
    ),
    "install-assess": (
        "run `pip install 'policy-match[assess]'`",
        "请先运行“pip install 'policy-match[assess]'”",
    ),
    "not-ours": (
        "`{path}` holds other files",
        "“{path}”中已有其他文件",
    ),
    "written": ("written: {path}", "已写入：{path}"),
    "cannot-write": (
        "`{path}` cannot be written: {reason}",
        "无法写入“{path}”：{reason}",
    ),
    "unknown-policy": ("unknown policy `{name}`", "没有“{name}”这项政策"),
    "see-policies": (
        "see `policy-match policies list`",
        "全部政策见 policy-match policies list",
    ),
    "unknown-command": ("unknown command `{name}`", "没有“{name}”这个命令"),
    "unknown-option": ("no such option `{name}`", "没有“{name}”这个选项"),
    "missing-argument": ("{name} is missing", "缺少 {name}"),
    "missing-value": ("`{name}` needs a value", "“{name}”之后缺少值"),
    "no-value": ("`{name}` takes no value", "“{name}”之后不能写值"),
    "one-of": ("`{text}` is not a value of `{name}`", "“{name}”不能写“{text}”"),
    "known-values": ("one of {known}", "可写：{known}"),
    "known-commands": ("known: {known}", "可用：{known}"),
    "day-wanted": ("`{text}` is not a day", "“{text}”不是日期"),
    "extra-argument": ("`{name}` is not expected", "多写了“{name}”"),
    "bad-value": ("the value of `{name}` cannot be used", "“{name}”的值无法使用"),
    "bad-command": ("the command cannot be understood", "命令无法理解"),
    "see-help": ("see `{command} --help`", "用法见 {command} --help"),
    "interrupted": ("interrupted", "已中断"),
    "defect": ("a defect of policy-match: {what}", "policy-match 自身的缺陷：{what}"),
    "report-it": (
        "set POLICY_MATCH_TRACEBACK=1 for the details, and report them",
        "请设置 POLICY_MATCH_TRACEBACK=1 取得详情并反馈",
    ),
    "backend-unavailable": (
        "{backend} is not available; {mend}",
        "{backend} 不可用；{mend}",
    ),
    "install-durable": (
        f"run `{_BUILD}`",
        f"请运行“{_BUILD}”",
    ),
    "reference-answers": (
        "{backend} is not available, the reference evaluator answers; {mend}",
        "{backend} 不可用，改由参考求值器回答；{mend}",
    ),
    "stale": (
        "{path}: stale; run `policy-match schema`",
        "{path}：已过时；请运行 policy-match schema",
    ),
    "linted": (
        "{id}: {policies} policies, {facts} facts, {findings} findings",
        "{id}：{policies} 项政策，{facts} 项事实，{findings} 处问题",
    ),
}
