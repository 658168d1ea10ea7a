"""The sentences themselves: every message about input, in every language.

English messages are lower case, one line, without a full stop, with what the
user wrote in backticks; Chinese ones use full-width punctuation throughout.
"""

from __future__ import annotations

SEPARATORS = {"en": ", ", "zh": "、"}
"""Between the parts of a list."""

_YAML = {
    "larger-than": ("larger than {size} MiB", "文件超过 {size} MiB"),
    "split-the-file": ("split the file", "请拆分文件"),
    "utf-16": ("the file is UTF-16", "文件的编码是 UTF-16"),
    "save-as-utf-8": ("save the file as UTF-8", "请将文件另存为 UTF-8 编码"),
    "looks-like-gbk": (
        "the file looks like GBK; save it as UTF-8",
        "文件的编码似为 GBK，请另存为 UTF-8 编码",
    ),
    "not-utf-8": ("byte 0x{byte} is not UTF-8", "字节 0x{byte} 不是 UTF-8 编码"),
    "keys-expected": ("expected keys and values here", "此处应为“名称: 值”"),
    "empty-file": ("the file is empty", "文件是空的"),
    "control-character": ("control character {code}", "含有控制字符 {code}"),
    "remove-it": ("remove it", "请删除"),
    "colon-not-expected": ("`: ` is not expected here", "此处不应有“: ”"),
    "quote-the-text": (
        "quote a text that holds `: `, and check the indentation",
        "含“: ”的文字请加引号，并检查缩进",
    ),
    "colon-missing": ("`:` is missing after a key", "名称之后缺少“:”"),
    "colon-and-space": (
        "write `name: value`, with a space and a half-width colon",
        "请写成“name: value”，冒号用半角，其后空一格",
    ),
    "tab-indents": ("a tab cannot indent", "不能用制表符缩进"),
    "indent-with-spaces": ("indent with spaces", "请用空格缩进"),
    "bad-start": (
        "a value cannot start with `{char}`",
        "值不能以“{char}”开头",
    ),
    "quote-it": ("put the value in quotes", "请给这个值加引号"),
    "unfinished-quote": ("a quote is not closed", "引号没有配对"),
    "close-the-quote": ("close it", "请补上另一半引号"),
    "bad-escape": ("an escape that is not known", "反斜杠后的字符无法识别"),
    "use-single-quotes": (
        "write the text in single quotes",
        "请改用单引号",
    ),
    "bracket-missing": ("`,` or a closing bracket is missing", "缺少逗号或右括号"),
    "close-the-bracket": ("close what is open", "请补全"),
    "bad-indent": ("the indentation does not fit", "缩进不一致"),
    "align": (
        "align what belongs together, under its key",
        "同一层的内容请左对齐",
    ),
    "not-yaml": ("not YAML from here on", "从此处起不符合 YAML 格式"),
    "check-the-form": (
        "check quotes, brackets and indentation",
        "请检查引号、括号和缩进",
    ),
    "second-document": ("a second document", "此处开始了第二份文档"),
    "one-document": (
        "one file holds one document; remove `---`",
        "一个文件只写一份，请删除“---”",
    ),
    "too-deep": ("nested deeper than {depth} levels", "嵌套超过 {depth} 层"),
    "write-it-flat": ("write it with fewer levels", "请减少层次"),
    "anchors": ("anchors and aliases are not used here", "此处不能用锚点或别名"),
    "write-it-out": ("write the value out", "请直接写出内容"),
    "tags": ("tags are not used here", "此处不能用标签"),
    "without-tag": ("write the value without `!`", "请去掉“!”及其后的标签"),
    "too-long": ("a text longer than {size} characters", "文字超过 {size} 个字符"),
    "shorten-it": ("shorten it", "请缩短"),
    "key-not-text": ("a key must be a text", "名称必须是文字"),
    "write-key-value": ("write `key: value`", "请写成“名称: 值”"),
    "merge-keys": ("merge keys are not used here", "此处不能用合并键"),
    "twice": ("`{key}` stands twice", "“{key}”写了两次"),
    "already-at": ("it stands at line {line} already", "第 {line} 行已经有了"),
}

_PROFILE = {
    "did-you-mean": ("did you mean `{guess}`?", "是否想写“{guess}”？"),
    "unknown-key": ("`{key}` is not known here", "此处不能写“{key}”"),
    "facts-below": ("facts stand below `facts:`", "企业情况写在“facts:”之下"),
    "facts-missing": ("`facts` is missing", "缺少“facts”"),
    "write-facts": (
        "write `facts:` and the facts below it",
        "请写“facts:”，再在其下逐行写企业情况",
    ),
    "facts-expected": ("expected facts here", "此处应为企业情况"),
    "one-a-line": ("write one fact a line: `name: value`", "请每行写一项“名称: 值”"),
    "on-not-a-day": ("`on` is not a day", "“on”不是日期"),
    "write-a-day": ("write it as 2022-12-31", "请写成 2022-12-31 的样子"),
    "unknown-fact": ("unknown fact `{key}`", "没有“{key}”这一项"),
    "see-profile": (
        "see `policy-match profile`",
        "全部项目见 policy-match profile",
    ),
    "same-fact": (
        "`{key}` is `{fact}`, which stands here already",
        "“{key}”就是“{title}”（{fact}），前面已经写过",
    ),
    "keep-one": ("keep one of them", "请只保留一处"),
    "after-the-day": (
        "`{fact}` lies after the profile's own day, {day}",
        "“{title}”（{fact}）晚于本档案的日期 {day}",
    ),
    "correct-date-or-on": ("correct the date, or `on`", "请更正该日期或“on”"),
    "unreadable": ("cannot be read: {reason}", "无法读取：{reason}"),
}

_VALUES = {
    "one-value": ("`{fact}` takes one value", "“{title}”（{fact}）只能写一个值"),
    "cannot-be-none": (
        "`{fact}` cannot be none: zero lies outside its range",
        "“{title}”（{fact}）不能写“无”：零不在其范围内",
    ),
    "never-none": ("`{fact}` is never none", "“{title}”（{fact}）不能写“无”"),
    "not-yes-or-no": ("`{text}` is neither yes nor no", "“{text}”既不是“是”也不是“否”"),
    "open-range": ("a range needs at least one end", "范围至少要写出一端"),
    "empty-range": ("the range `{text}` is empty", "范围“{text}”的下限大于上限"),
    "lower-first": ("write the lower end first", "请先写较小（较早）的一端"),
    "not-a-day": ("`{text}` is not a day", "“{text}”不是日期"),
    "not-a-number": ("`{text}` is not a number", "“{text}”不是数字"),
    "not-whole": ("`{text}` is not a whole number", "“{text}”不是整数"),
    "cannot-be": ("`{fact}` cannot be {text}", "“{title}”（{fact}）不能是 {text}"),
    "lies-within": ("it lies within {low}..{high}", "应在 {low}..{high} 之间"),
    "not-below": ("it is {low} or more", "不得小于 {low}"),
    "not-above": ("it is {high} or less", "不得大于 {high}"),
    "not-a-code": (
        "`{text}` is not a code of {system}",
        "“{text}”不是 {system} 的代码",
    ),
    "not-valid": (
        "`{text}` is not a valid {format}: its form or check digit is wrong",
        "“{text}”不是有效的“{title}”：位数、字符或校验码有误",
    ),
    "copy-from-licence": ("copy it from the original", "请照证照抄写"),
    "not-a-member": (
        "`{text}` is not a value of `{fact}`",
        "“{text}”不是“{title}”（{fact}）的可选值",
    ),
    "no-list": ("`{fact}` takes no list", "“{title}”（{fact}）不能写成列表"),
    "empty-list": ("the list is empty", "列表是空的"),
    "a-list": ("`{fact}` takes a list", "“{title}”（{fact}）应写成列表"),
    "pairs": ("`{fact}` takes pairs of numbers", "“{title}”（{fact}）应写成成对的数字"),
    "write-bool": ("write true or false", "请写“是”或“否”"),
    "write-member": ("one of {members}", "可写：{titles}"),
    "write-date": (
        "write it as 2022-06-30, or as a range A..B",
        "请写成 2022-06-30 的样子，或写范围“A..B”",
    ),
    "write-code": (
        "write a code, or a coarser one, of {system}",
        "请写 {system} 的代码，也可只写前几位",
    ),
    "write-pairs": (
        "write the start and the end of each quarter: [[120, 200], [400, 500]]",
        "请写各季度的季初、季末值：[[120, 200], [400, 500]]",
    ),
    "write-int": (
        "write a whole number, or a range such as 20..50",
        "请写整数，或写范围，如 20..50",
    ),
    "write-number": (
        "write a number, or a range such as 100..200",
        "请写数字，或写范围，如 100..200",
    ),
    "write-text": ("write one text", "请写一段文字"),
}

_FILES = {
    "no-such-file": ("no such file or directory", "文件不存在"),
    "no-permission": ("permission denied", "没有权限"),
    "is-a-directory": ("it is a directory", "这是一个目录"),
    "not-a-directory": (
        "a part of the path is not a directory",
        "路径中有一段不是目录",
    ),
    "file-exists": ("a file of this name is there", "已有同名文件"),
    "disk-full": ("no space left on the device", "磁盘已满"),
    "name-too-long": ("the name is too long", "名称过长"),
    "other-reason": ("error {number} of the system", "系统错误 {number}"),
}

_USAGE = {
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

_REGISTERS = {
    "neither-utf8-nor-gbk": (
        "the file is neither UTF-8 nor GB18030",
        "文件的编码既不是 UTF-8，也不是 GBK 或 GB18030",
    ),
    "empty-table": ("there is nothing in the table", "表中没有内容"),
    "headings-first": (
        "the first row holds the headings",
        "第一行应为表头",
    ),
    "broken-quotes": ("the quotes of a row do not pair", "该行的引号没有配对"),
    "broken-workbook": ("the workbook cannot be read", "电子表格文件无法读取"),
    "save-as-xlsx": ("save it as XLSX or CSV", "请另存为 XLSX 或 CSV"),
    "broken-parquet": ("the Parquet file cannot be read", "Parquet 文件无法读取"),
    "write-again": ("write it again", "请重新生成"),
    "column-twice": (
        "columns `{one}` and `{other}` are the same fact",
        "“{one}”与“{other}”两列是同一项信息",
    ),
    "keep-one-column": ("keep one of them", "请只保留一列"),
    "no-known-column": ("no heading is a known fact", "表头中没有可识别的信息项"),
    "name-the-columns": (
        "name columns by fact id or alias, see `policy-match profile`",
        "表头请用信息项的名称，见 policy-match profile",
    ),
    "unknown-column": (
        "column `{heading}` is not known and left out",
        "“{heading}”列无法识别，未予采用",
    ),
    "unknown-column-near": (
        "column `{heading}` is not known and left out; did you mean `{guess}`?",
        "“{heading}”列无法识别，未予采用；是否应为“{guess}”？",
    ),
    "unknown-unit": (
        "column `{heading}` is left out: `{unit}` is not a unit of `{fact}`",
        "“{heading}”列未予采用：“{unit}”不是该项（{fact}）的单位",
    ),
    "claims-column-missing": (
        "the claims have no column `{column}`",
        "申领记录缺少“{column}”列",
    ),
    "install-screen": (
        "install the extra: `pip install policy-match[screen]`",
        "请先运行“pip install policy-match[screen]”",
    ),
    "no-uscc-column": (
        "claims need a column of credit codes in the register",
        "要与申领记录比对，登记册须有统一社会信用代码一列",
    ),
    "not-a-directory-out": ("`{path}` is not a directory", "“{path}”不是目录"),
    "not-a-result": (
        "`{path}` exists and is not the result of a screening",
        "“{path}”已存在，且不是筛查结果",
    ),
    "name-another": ("name another directory", "请另指定目录"),
    "claims-columns": (
        "columns are uscc, policy, amount, on",
        "应有统一社会信用代码、政策、金额、日期四列",
    ),
}

CATALOGUE: dict[str, dict[str, str]] = {
    key: {"en": english, "zh": chinese}
    for part in (_YAML, _PROFILE, _VALUES, _FILES, _USAGE, _REGISTERS)
    for key, (english, chinese) in part.items()
}
"""Key to language to text, with named fields in braces."""
