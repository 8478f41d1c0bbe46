"""For each kind of input, changed alone: which chapters executed again, and which pages changed, against what should.

Done with the real command on the small book, in a copy of the house of its own, so that modules, templates and the lock
may be changed too. What must run is found without the machinery: from `chapter.load` and the imports in the sources.
"""

from __future__ import annotations

import ast
import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kills import PYTHON, ROOT, edition_of
from measure import environment

SLUGS = frozenset(("steel", "recycling", "carbon"))
NONE: frozenset[str] = frozenset()
STEEL = frozenset(("steel",))
_RAN = re.compile(r"^execution: (\S+) done", re.MULTILINE)
_LOAD = re.compile(r'chapter\.load\("(\w+)"\)')
SAMPLE = 10
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

    def stale(self) -> list[str]:
        """Pages that a build from an empty cache makes otherwise than they stand; the cache is as it was after it."""
        before, cache = self.pages(), self.book / "_build" / "cache"
        aside = cache.with_name("cache-aside")
        cache.rename(aside)
        try:
            self.call("report", "--format", "html")
            after = self.pages()
        finally:
            shutil.rmtree(cache, ignore_errors=True)
            aside.rename(cache)
        return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))

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


def mutations(work: Path, scale: float, chance: random.Random) -> Iterator[list]:
    """A row a kind: changes tried, those of which the sets are not as expected, and the sets.

    The kinds are built, and once more from an empty cache: every page must be the same. Observations and modules are
    asked of `explain`, all of them, and a sample of each is built in both ways too.
    """
    house = House(work)
    for name, (change, ran, drawn) in CHANGES.items():
        change(house)
        found = house.build()
        stale = house.stale()
        yield [f"mutation: {name}", 1, int(found != (ran, drawn) or bool(stale)), _told(*found, stale)]
    house.build()
    several = max(1, round(SAMPLE * scale))
    yield from _asked(house, "observation of what chapters load", list(_observations(house)), several, chance)
    yield from _asked(house, "project module a chapter may import", list(_modules(house)), several, chance)


@dataclass(frozen=True)
class Change:
    """A file with other words in it; the chapters that must, and those that may, execute for it."""

    path: Path
    text: str
    must: frozenset[str]
    may: frozenset[str]

    def fits(self, found: frozenset[str]) -> bool:
        """Whether nothing is missed and nothing is extra."""
        return self.must <= found <= self.may


def _asked(house: House, what: str, changes: list[Change], several: int, chance: random.Random) -> Iterator[list]:
    """The rows of all by `explain`, and of a sample that is built: it executes what `explain` told, the pages are those
    of a build without cache, and no page of another chapter changes."""
    sample = frozenset(chance.sample(range(len(changes)), min(several, len(changes))))
    exact = sum(change.must == change.may for change in changes)
    asked = asked_wrong = built = built_wrong = 0
    for number, change in enumerate(changes):
        before = change.path.read_text("utf-8")
        change.path.write_text(change.text, "utf-8")
        told = house.explained()
        asked, asked_wrong = asked + 1, asked_wrong + (not change.fits(told))
        if number in sample:
            ran, drawn = house.build()
            good = ran == told and drawn <= ran and not house.stale()
            built, built_wrong = built + 1, built_wrong + (not good)
        change.path.write_text(before, "utf-8")
        if number in sample:
            house.build()
        if number % 20 == 0 or number == len(changes) - 1:
            yield [f"mutation: each {what} (explain)", asked, asked_wrong,
                   f"of {len(changes)}; for {exact} the sources tell the exact set, for the others its bounds"]
            yield [f"… a sample of each {what}, built cached and clean", built, built_wrong,
                   "executed = explained, pages = those of a clean build, no other chapter's page changed"]


def _observations(house: House) -> Iterator[Change]:
    """Each observation of what chapters load, with another value: they execute, but where it was released after the
    edition's date none was handed it, and none does."""
    book = (house.book / "notebooks" / "book.yml").read_text("utf-8")
    as_of = dict(re.findall(r"\{id: ([\w-]+), as_of: ([\d-]+)", book))["full-2025"]
    loads = {slug: house.loads(slug) for slug in SLUGS}
    for path in sorted((house.book / "data" / "observations").glob("*.csv")):
        lines = path.read_text("utf-8").splitlines()
        for number, line in enumerate(lines[1:], 1):
            cells = line.split(",")
            expected = frozenset(slug for slug in SLUGS if cells[0] in loads[slug])
            if expected and '"' not in line:
                expected = expected if f"{cells[9]}-99"[:10] <= as_of else NONE
                cells[3] += "1" if "." in cells[3] else ".1"
                text = "\n".join([*lines[:number], ",".join(cells), *lines[number + 1:], ""])
                yield Change(path, text, expected, expected)


def _modules(house: House) -> Iterator[Change]:
    """Each module that chapters may import: those that must import it run, those that cannot do not."""
    package = house.root / "src" / "greenbook"
    for path in sorted(path for name in LEARNED for path in (package / name).rglob("*.py")):
        name = path.relative_to(package).with_suffix("").as_posix().replace("/", ".")
        must, may = (frozenset(slug for slug in SLUGS if name in _imported(house, slug, deep=deep))
                     for deep in (False, True))
        yield Change(path, path.read_text("utf-8") + "# changed\n", must, may)


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


def _told(ran: frozenset[str], drawn: frozenset[str], stale: list[str]) -> str:
    ending = f"; not as in a clean build: {', '.join(stale)}" if stale else "; all pages as in a clean build"
    return f"executed: {', '.join(sorted(ran)) or 'none'}; pages: {', '.join(sorted(drawn)) or 'none'}{ending}"
