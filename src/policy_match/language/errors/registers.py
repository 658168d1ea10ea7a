"""Sentences about registers, claims and results of a screening."""

from __future__ import annotations

REGISTERS = {
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
    "no-parquet": (
        "there is no Parquet file in this directory",
        "该目录中没有 Parquet 文件",
    ),
    "name-a-register": ("name a file or a directory", "请指定文件或目录"),
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
    "install-spark": (
        "install the extra: `pip install policy-match[spark]`",
        "请先运行“pip install policy-match[spark]”",
    ),
    "install-java": (
        "have a Java runtime (JAVA_HOME), and the cluster that Spark is set up for",
        "请安装Java运行环境（JAVA_HOME），并确认能连接Spark配置所指的集群",
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
    "no-result": ("`{path}` cannot be read: {reason}", "无法读取“{path}”：{reason}"),
    "not-a-screening": (
        "`{path}` is not the result of a screening",
        "“{path}”不是筛查结果",
    ),
    "screen-first": (
        "name the directory that `policy-match screen` wrote",
        "请指定 policy-match screen 写出的目录",
    ),
    "out-not-empty": ("`{path}` is not empty", "“{path}”不是空目录"),
    "other-rulebook": (
        "`{path}` was screened by another version of the rulebook",
        "“{path}”是按规则书的另一版本筛查的",
    ),
    "notices-written": (
        "messages for {count} firms written to {path}",
        "已为 {count} 户企业写出提醒，见 {path}",
    ),
    "not-a-history": (
        "`{path}` is not a history of screenings",
        "“{path}”不是筛查历史文件",
    ),
    "history-first": (
        "name the file that `policy-match screen --history` wrote",
        "请指定 policy-match screen --history 写出的文件",
    ),
    "resume-later": (
        "finished parts are kept; `--resume` goes on from them",
        "已完成的部分予以保留，加 --resume 可继续",
    ),
    "claims-columns": (
        "columns are uscc, policy, amount, on",
        "应有统一社会信用代码、政策、金额、日期四列",
    ),
}
