"""For each kind of input, changed alone: which chapters executed again, and which pages changed, against what should.

Done with the real command on the small book, in a copy of the house of its own, so that modules, templates and the lock
may be changed too. What must run is found without the machinery: from `chapter.load` and the imports in the sources.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from kills import PYTHON, ROOT, edition_of
from measure import environment

SLUGS = frozenset(("steel", "recycling", "carbon"))
NONE: frozenset[str] = frozenset()
STEEL = frozenset(("steel",))
_RAN = re.compile(r"^execution: (\S+) done", re.MULTILINE)
_LOAD = re.compile(r'chapter\.load\("(\w+)"\)')
LEARNED = ("authoring", "analysis", "style", "catalog")


class House:
    """A copy of the program and of the small book; the book's steel chapter has a parameter of its own."""

    def __init__(self, folder: Path) -> None:
        self.root, self.book = folder / "house", folder / "book"
        skip = shutil.ignore_patterns("__pycache__", "_build")
        for part in ("src", "templates"):
            shutil.copytree(ROOT / part, self.root / part, ignore=skip)
        for part in ("build.py", "requirements.lock", "bench/method_evidence.json"):
            (self.root / part).parent.mkdir(exist_ok=True)
            shutil.copyfile(ROOT / part, self.root / part)
        shutil.copytree(ROOT / "tests" / "books" / "small", self.book, ignore=skip)
        self.append(self.notebook("steel"), "parameters", "\nsince = 2015")
        self.replace(self.book / "notebooks" / "book.yml", "{slug: steel,", "{slug: steel, parameters: {since: 2015},")
        self.build()

    def notebook(self, slug: str) -> Path:
        return self.book / "notebooks" / f"{slug}.ipynb"

    def replace(self, path: Path, old: str, new: str) -> None:
        text = path.read_text("utf-8")
        assert old in text, (path, old)
        path.write_text(text.replace(old, new, 1), "utf-8")

    def append(self, path: Path, cell_id: str, text: str) -> None:
        def add(cell: dict) -> None:
            cell["source"] = "".join(cell["source"]) + text
        self.change(path, cell_id, add)

    def change(self, path: Path, cell_id: str, how: Callable[[dict], None]) -> None:
        tree = json.loads(path.read_text("utf-8"))
        how(next(cell for cell in tree["cells"] if cell["id"] == cell_id))
        path.write_text(json.dumps(tree, ensure_ascii=False, indent=1), "utf-8")

    def call(self, *words: str) -> str:
        """What the command says; it must end well."""
        done = subprocess.run([str(PYTHON), "-P", str(self.root / "build.py"), *words, "--project", str(self.book)],
                              cwd=self.root, capture_output=True, text=True,
                              env=environment(PYTHON, PYTHONPATH=str(self.root / "src")))
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    def build(self) -> tuple[frozenset[str], frozenset[str]]:
        """The chapters that executed, and those of which a published page is another than before."""
        before = self.pages() if (self.book / "_build").exists() else {}
        ran = frozenset(_RAN.findall(self.call("report", "--format", "html")))
        after = self.pages()
        changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
        return ran, frozenset(Path(name).stem for name in changed) & SLUGS

    def pages(self) -> dict[str, bytes]:
        root = edition_of(self.book).resolve()
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.glob("*/*.html")}

    def explained(self) -> frozenset[str]:
        """The chapters that a build would execute."""
        lines = self.call("explain").splitlines()
        return frozenset(line.partition(":")[0] for line in lines if ": cached" not in line)

    def loads(self, slug: str) -> set[str]:
        return set(_LOAD.findall("".join("".join(cell["source"])
                                         for cell in json.loads(self.notebook(slug).read_text("utf-8"))["cells"])))


def _tag(name: str) -> Callable[[dict], None]:
    return lambda cell: cell["metadata"].setdefault("tags", []).append(name)


def _touch(house: House) -> None:
    for folder in (house.book / "notebooks", house.book / "data", house.root / "templates", house.root / "src"):
        for path in folder.rglob("*"):
            os.utime(path, (1_700_000_000, 1_700_000_000))


def _reorder(house: House) -> None:
    for folder in (house.book / "notebooks", house.book / "data" / "observations"):
        for path in sorted(folder.iterdir(), reverse=True):
            content = path.read_bytes()
            path.unlink()
            path.write_bytes(content)


# A page of the chapter, or the page of its executed notebook, counts as changed where its bytes differ: a parameter
# that nothing prints and the lock change none; the page of the notebook shows the tags of its cells.
CHANGES: dict[str, tuple[Callable[[House], None], frozenset[str], frozenset[str]]] = {
    "a code cell": (lambda h: h.append(h.notebook("steel"), "data", "\nagain = 1"), STEEL, STEEL),
    "a parameter": (lambda h: h.replace(h.book / "notebooks" / "book.yml", "since: 2015", "since: 2016"), STEEL, NONE),
    "the tag of a code cell": (lambda h: h.change(h.notebook("steel"), "data", _tag("kept")), STEEL, STEEL),
    "a prose cell": (lambda h: h.append(h.notebook("steel"), "limits-zh", "\n\n这是新的一句。"), NONE, STEEL),
    "a page template": (lambda h: h.replace(h.root / "templates" / "html" / "layout.html", "<body", "<body data-new"),
                        NONE, SLUGS),
    "a locale file": (lambda h: h.replace(h.root / "templates" / "locale" / "en.yml", "Figure", "Fig."), SLUGS, SLUGS),
    "the lock file": (lambda h: h.replace(h.root / "requirements.lock", "\n", "\n# another\n"), SLUGS, NONE),
    "times of files": (_touch, NONE, NONE),
    "order of files": (_reorder, NONE, NONE),
}


def mutations(work: Path) -> list[list]:
    """A row a kind: changes tried, those of which the sets are not as expected, and the sets."""
    house = House(work)
    rows = []
    for name, (change, ran, drawn) in CHANGES.items():
        change(house)
        found = house.build()
        rows.append([f"mutation: {name}", 1, int(found != (ran, drawn)), _told(*found)])
    return [*rows, _observations(house), _modules(house)]


def _observations(house: House) -> list:
    """Each observation that a chapter was handed, changed alone: `explain` names the chapters that load it."""
    loads = {slug: house.loads(slug) for slug in SLUGS}
    tried = wrong = 0
    for path in sorted((house.book / "data" / "observations").glob("*.csv")):
        text = path.read_text("utf-8")
        lines = text.splitlines()
        for number, line in enumerate(lines[1:], 1):
            cells = line.split(",")
            expected = frozenset(slug for slug in SLUGS if cells[0] in loads[slug])
            if not expected or '"' in line:
                continue
            cells[3] += "1" if "." in cells[3] else ".1"
            path.write_text("\n".join([*lines[:number], ",".join(cells), *lines[number + 1:], ""]), "utf-8")
            tried, wrong = tried + 1, wrong + (house.explained() != expected)
        path.write_text(text, "utf-8")
    return ["mutation: each observation that a chapter was handed (explain)", tried, wrong, ""]


def _modules(house: House) -> list:
    """Each module that chapters may import, changed alone: those that must import it run, those that cannot do not."""
    package, tried, wrong = house.root / "src" / "greenbook", 0, 0
    for path in sorted(path for name in LEARNED for path in (package / name).rglob("*.py")):
        name = path.relative_to(package).with_suffix("").as_posix().replace("/", ".")
        must = frozenset(slug for slug in SLUGS if name in _imported(house, slug, deep=False))
        may = frozenset(slug for slug in SLUGS if name in _imported(house, slug, deep=True))
        text = path.read_text("utf-8")
        path.write_text(text + "# changed\n", "utf-8")
        found = house.explained()
        tried, wrong = tried + 1, wrong + (not must <= found or not found <= may)
        path.write_text(text, "utf-8")
    return ["mutation: each project module a chapter may import (explain)", tried, wrong, ""]


def _imported(house: House, slug: str, *, deep: bool) -> set[str]:
    """Modules under greenbook that a chapter imports by the sources; with `deep`, imports inside functions too."""
    package = house.root / "src" / "greenbook"
    facade = dict(re.findall(r'"(\w+)": "([\w.]+)"', (package / "__init__.py").read_text("utf-8")))
    cells = json.loads(house.notebook(slug).read_text("utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    waiting = [facade[name.name] for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ImportFrom)
               and node.module == "greenbook" for name in node.names]
    if deep:  # the fork server and the kernel bring these
        waiting += ["style.drawing", "style.fonts", *_of(package / "execution" / "zygote.py", deep)]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        path = package / (name.replace(".", "/") + ".py")
        if name in found or not path.exists():
            continue
        found |= {name, f"{name.partition('.')[0]}.__init__"}
        waiting += _of(path, deep)
    return found


def _of(path: Path, deep: bool) -> list[str]:
    tree = ast.parse(path.read_text("utf-8"))
    nodes = ast.walk(tree) if deep else tree.body
    found = [f"{node.module}.{name.name}" for node in nodes if isinstance(node, ast.ImportFrom) and node.module
             for name in node.names]
    plain = {part for name in found for part in (name, name.rpartition(".")[0])}
    words = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
             and node.value.startswith("greenbook.")} if deep else set()
    return [name.removeprefix("greenbook.") for name in plain | words if name.startswith("greenbook.")]


def _told(ran: frozenset[str], drawn: frozenset[str]) -> str:
    return f"executed: {', '.join(sorted(ran)) or 'none'}; pages: {', '.join(sorted(drawn)) or 'none'}"
