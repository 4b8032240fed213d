"""Lets LocalEmu run on Python before 3.12: its metadata promises 3.10, yet it uses what came after it."""

import importlib.machinery
import re
import sys
import warnings

CLASS = re.compile(r"^(\s*)class (\w+)\[([^\]]+)\](?:\((.*)\))?:$", re.MULTILINE)
FUNCTION = re.compile(r"^(\s*)def (\w+)\[[^\]]+\]\(", re.MULTILINE)
ALIAS = re.compile(r"^type (\w+) = ", re.MULTILINE)


def install() -> None:
    """From now on modules that declare generics by PEP 695 are loaded as they would have been written before 3.12."""
    if not hasattr(warnings, "deprecated"):
        from typing_extensions import deprecated

        warnings.deprecated = deprecated
    if sys.version_info >= (3, 12):
        return
    original = importlib.machinery.SourceFileLoader.source_to_code

    def source_to_code(self, data, path, **options):
        is_theirs = "localemu" in str(path) and isinstance(data, bytes)
        return original(self, rewritten(data.decode()).encode() if is_theirs else data, path, **options)

    importlib.machinery.SourceFileLoader.source_to_code = source_to_code


def rewritten(source: str) -> str:
    changed = ALIAS.sub(r"\1 = ", FUNCTION.sub(r"\1def \2(", CLASS.sub(generic, source)))
    # Annotations stay text, so that the type parameters of functions need not exist.
    return source if changed == source else f"from __future__ import annotations\n{changed}"


def generic(match: re.Match) -> str:
    indent, name, parameters, bases = match.groups()
    names = [parameter.split(":")[0].strip() for parameter in parameters.split(",")]
    variables = "".join(f'{indent}{one} = __import__("typing").TypeVar("{one}")\n' for one in names)
    parents = [*([bases] if bases else []), f'__import__("typing").Generic[{", ".join(names)}]']
    return f"{variables}{indent}class {name}({', '.join(parents)}):"
