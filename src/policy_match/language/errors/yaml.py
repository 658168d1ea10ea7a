"""Sentences about YAML files: what a parser and the reader complain of."""

from __future__ import annotations

YAML = {
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
