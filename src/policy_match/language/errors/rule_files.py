"""Sentences about rule files: what is declared, and how it is written."""

from __future__ import annotations

RULE_FILES = {
    # what stands at a key
    "key-missing": ("`{key}` is missing", "缺少“{key}”"),
    "add-key": ("add `{key}: …`", "请补写“{key}: …”"),
    "known-here": ("known here: {known}", "此处可写：{known}"),
    "known-names": ("known: {known}", "可写：{known}"),
    "none-of-these": ("none", "无"),
    "write-so": ("write `{form}`", "请写“{form}”"),
    "write-it-as": ("write it as `{form}`", "请写成“{form}”的样子"),
    "write-iso-day": ("write it as 2022-06-30", "请写成 2022-06-30 的样子"),
    "not-among": (
        "`{text}` is not one of {known}",
        "“{text}”不是可选值，可写{known}",
    ),
    "quoted": ("`{text}`", "“{text}”"),
    "or": ("{one} or {other}", "{one}或{other}"),
    "has-parts": ("`{key}` has {count} parts", "“{key}”有{count}项"),
    "at-least": ("write at least {count}", "请至少写{count}项"),
    "at-most": ("write at most {count}", "请至多写{count}项"),
    "keys-wanted": (
        "expected keys and values in `{key}`",
        "“{key}”之下应为“名称: 值”",
    ),
    "text-wanted": ("expected a text in `{key}`", "“{key}”应为文字"),
    "list-wanted": ("expected a list in `{key}`", "“{key}”应为列表"),
    "else-wanted": ("expected something else in `{key}`", "“{key}”的内容不合要求"),
    # small values
    "empty-text": ("the text in `{language}` is empty", "“{language}”的文字是空的"),
    "expected-text": ("expected a text", "此处应为文字"),
    "write-languages": (
        "write `{{zh: …, en: …}}`, or one text",
        "请写“{{zh: …, en: …}}”，或只写一段文字",
    ),
    "expected-texts": ("expected lists of texts", "此处应为文字列表"),
    "write-lists": (
        "write `{{zh: [a, b], en: [a, b]}}`",
        "请写“{{zh: [a, b], en: [a, b]}}”",
    ),
    "not-a-flag": (
        "`{text}` is neither `true` nor `false`",
        "“{text}”既不是“true”也不是“false”",
    ),
    "one-of-both": ("write one of them", "请写二者之一"),
    "expected-source": ("expected a source", "此处应为依据文件"),
    "write-source": (
        "write `source-id` or `source-id article`",
        "请写“文件编号”，或写“文件编号 条款”",
    ),
    "expected-formula": ("expected a condition or formula", "此处应为条件或公式"),
    "write-numbers": (
        "numbers are written 300, 1.5, 5% …",
        "数字写作 300、1.5、5% 等",
    ),
    "not-a-range": ("`{text}` is not a range", "“{text}”不是范围"),
    # the rulebook as a whole
    "no-manifest": ("no file declares the rulebook", "没有文件写明规则书本身的信息"),
    "add-manifest": (
        "add a file with `rulebook: {{id: …, title: …, languages: […]}}`",
        "请增加一个文件，写明“rulebook: {{id: …, title: …, languages: […]}}”",
    ),
    "declared-twice": (
        "`{name}` is declared twice in {section}",
        "“{name}”在“{section}”下声明了两次",
    ),
    "first-at": ("first at {place}", "前一处在 {place}"),
    "fact-and-definition": (
        "`{name}` is both a fact and a definition",
        "“{name}”既声明为事实，又声明为定义",
    ),
    # texts and their languages
    "one-text": (
        "one text for {count} languages",
        "规则书有{count}种语言，此处只写了一段文字",
    ),
    "text-missing": ("the text in `{language}` is missing", "缺少“{language}”的文字"),
    "not-a-language": (
        "`{language}` is not a language of this rulebook",
        "“{language}”不是本规则书的语言",
    ),
    "add-language": (
        "add it to the manifest's `languages`, or leave it out",
        "请将其列入“rulebook”的“languages”，或删去这段文字",
    ),
    "unknown-placeholder": (
        "unknown parameter `${name}` in a text",
        "文字中引用了不存在的参数“${name}”",
    ),
    "placeholder-empty": ("`${name}` has no value", "“${name}”没有对应的数值"),
    "keys-are": ("keys: {keys}", "可用的键：{keys}"),
    # windows
    "window-ends-first": (
        "the window ends before it starts",
        "期间的截止日早于起始日",
    ),
    "swap-ends": ("swap `from` and `to`", "请对调“from”与“to”"),
    "values-overlap": (
        "windows of `{name}` overlap",
        "“{name}”各数值的期间相互重叠",
    ),
    "end-the-day-before": (
        "let each value end the day before the next begins",
        "每个数值应止于下一数值起始日的前一日",
    ),
    "no-value-from": (
        "`{name}` has no value from {day}",
        "“{name}”自 {day} 起没有数值",
    ),
    "close-the-gap": (
        "the next window starts on {day}; close the gap",
        "下一期间自 {day} 开始，请补上其间的空缺",
    ),
    "set-by-nobody": (
        "an unset value names nobody who sets it",
        "数值未定，却没有写明由谁确定",
    ),
    # what is referred to
    "unknown-source": ("unknown source `{name}`", "没有编号为“{name}”的依据文件"),
    "unknown-department": ("unknown department `{name}`", "没有编号为“{name}”的部门"),
    "unknown-locale": ("unknown locale `{name}`", "没有名为“{name}”的地区格式"),
    "unknown-format": ("unknown format `{name}`", "没有名为“{name}”的号码格式"),
    "unknown-system": (
        "unknown code system `{name}`",
        "没有名为“{name}”的分类代码",
    ),
    "unknown-section": (
        "`{name}` is not a section of this code system",
        "该分类没有名为“{name}”的门类",
    ),
    "declare-under": ("declare it under `{section}`", "请在“{section}”下声明"),
    "declare-it-too": ("declare it too", "请一并声明"),
    "of-type": ("`{name}` is of type {type}", "“{name}”的类型是“{type}”"),
    "bands-for-brackets": (
        "bands, `[{{upto: …, rate: …}}, {{rate: …}}]`, are for type brackets",
        "分级“[{{upto: …, rate: …}}, {{rate: …}}]”只用于类型“brackets”",
    ),
    "not-these-keys": (
        "`{name}` does not have these keys",
        "“{name}”没有这样的键",
    ),
}
