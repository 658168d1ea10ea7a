"""Sentences about files that cannot be used, in place of the system's words."""

from __future__ import annotations

FILES = {
    "no-such-file": ("no such file or directory", "文件不存在"),
    "no-permission": ("permission denied", "没有权限"),
    "is-a-directory": ("it is a directory", "这是一个目录"),
    "not-a-directory": (
        "a part of the path is not a directory",
        "路径中有一段不是目录",
    ),
    "file-exists": ("a file of this name is there", "已有同名文件"),
    "no-directory": ("`{path}` is not a directory", "“{path}”不是目录"),
    "no-yaml-file": ("`{path}` holds no YAML file", "“{path}”中没有 YAML 文件"),
    "name-a-rulebook": (
        "name a directory with a rulebook.yaml",
        "请指定一个含有“rulebook.yaml”的目录",
    ),
    "disk-full": ("no space left on the device", "磁盘已满"),
    "name-too-long": ("the name is too long", "名称过长"),
    "other-reason": ("error {number} of the system", "系统错误 {number}"),
}
