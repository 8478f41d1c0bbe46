"""YAML as mappings that know their lines: plain scalars stay text, so nothing is guessed (no → no, 1e6 → 1e6)."""

from __future__ import annotations

from typing import Any

from greenbook.errors import Problem

DEEPEST = 8


class Keyed(dict):
    """A mapping read from YAML. `line` is where it starts, `lines` where each key stands."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}

    def at(self, key: str) -> int:
        """The line of `key`, or of the mapping where the key is absent."""
        return self.lines.get(key, self.line)


def read_keyed(name: str, text: str, problems: list[Problem]) -> Keyed:
    """The mapping in `text`: values are texts, lists and mappings. Empty, with problems, where the YAML is broken.

    Refused besides: a top level that is no mapping, a key twice, anchors and aliases, tags, several documents.
    """
    import yaml

    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        node = yaml.compose(text, Loader=loader)
        return _Walk(name, problems).top(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = str(mark.line + 1) if mark else "1"
        problems.append(Problem(name, line, "GB318", f"found broken YAML ({error.problem or error.context})",
                                "expected keys with values", "mend the line or the one before it"))
        return Keyed(1)


class _Walk:
    def __init__(self, name: str, problems: list[Problem]) -> None:
        self.name, self.problems = name, problems
        self.seen: set[int] = set()

    def refuse(self, line: int, found: str, expected: str, do: str) -> None:
        self.problems.append(Problem(self.name, str(line), "GB318", found, f"expected {expected}", do))

    def top(self, node: Any) -> Keyed:
        if node is None or node.id != "mapping":
            self.refuse(1, "found no mapping", "ids with their entries", "write `id:` and the entry under it")
            return Keyed(1)
        return self.mapping(node, 0)

    def value(self, node: Any, depth: int) -> Any:
        line = node.start_mark.line + 1
        if node.id != "scalar" and id(node) in self.seen:
            self.refuse(line, "found an alias (*)", "values in full", "write the value again")
            return Keyed(line)
        self.seen.add(id(node))
        if depth > DEEPEST:
            self.refuse(line, "found a value nested too deeply", f"at most {DEEPEST} levels", "flatten it")
            return Keyed(line)
        if node.id == "mapping":
            return self.mapping(node, depth)
        if node.id == "sequence":
            return [self.value(item, depth + 1) for item in node.value]
        return node.value

    def mapping(self, node: Any, depth: int) -> Keyed:
        result = Keyed(node.start_mark.line + 1)
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.id != "scalar":
                self.refuse(line, "found a key that is no word", "a word", "write a word before the colon")
            elif key.value in result:
                self.refuse(line, f'found key "{key.value}" again (first on line {result.lines[key.value]})',
                            "each key once", "delete one of the two")
            else:
                result[key.value] = self.value(value, depth + 1)
                result.lines[key.value] = line
        return result
