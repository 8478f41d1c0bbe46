"""`make bench-peers`: greenbook, papermill, Jupyter Book 1 and mystmd on the same chapters, in alternating rounds.

    python bench/peers.py [--chapters 25] [--rounds 3] [--many 100] [--only jb1]

On two quiet cores: 5 minutes a round, 2 for the book of `--many` chapters (greenbook alone, once; 0: none), 2 to
install.

Each peer is installed from the registry into an environment of its own under `_build/peers`, with the pandas and
matplotlib of this one. mystmd needs Node.js; its HTML theme is fetched from a web service when it builds, so it builds
the content of the site (executed, parsed, linked) with a stub theme: a true build costs more than shown.
"""

from __future__ import annotations

import argparse
import datetime
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from generated import write_book
from measure import Taken, adopt, environment, machine, median, taken
from results import keep, table
from runner import EDITION
from speed import shown

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "_build" / "peers"
OURS = Path(sys.executable)
SAME = [f"{name}=={version(name)}" for name in ("pandas", "matplotlib", "numpy", "ipykernel")]
PEERS = {"jb1": ["jupyter-book<2", *SAME], "myst": ["mystmd", "jupyter-server", *SAME]}
THEME = {
    "template.yml": "jtex: v1\ntitle: Stub\nversion: 1.0.0\nlicense: MIT\nbuild:\n  install: 'true'\n  start: 'true'\n"
                    "options: []\nfiles: []\n",
    "package.json": '{"name": "stub", "version": "1.0.0", "private": true}\n',
}


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--chapters", type=int, default=25)
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--many", type=int, default=100, help="chapters of a larger book, for greenbook alone")
    words.add_argument("--only", action="append", choices=sorted(PEERS), help="only this peer (repeatable)")
    call = words.parse_args()
    adopt()
    peers = [name for name in call.only or PEERS if installed(name)]
    book = HOME / "book"
    shutil.rmtree(book, ignore_errors=True)
    slugs = write_book(book, call.chapters)
    for name in peers:
        lay_out(name, book, slugs)
    tasks = commands(book, peers)
    runs: dict[str, list[Taken]] = {name: [] for name in tasks}
    groups = list(dict.fromkeys(name.split(",")[0] for name in tasks))
    for number in range(call.rounds):
        turn = number % len(groups)
        for group in groups[turn:] + groups[:turn]:
            for name in [name for name in tasks if name.split(",")[0] == group]:
                runs[name].append(one(name, tasks[name], book, memory=number == call.rounds - 1))
    outputs = {name: shown(book / f"out of {name}") for name in ("papermill API", "greenbook")}
    equal = outputs["greenbook"] == outputs["papermill API"] and len(outputs["greenbook"]) == call.chapters
    lines = told(runs, call.chapters, equal)
    if call.many:
        lines += ["", larger(call.many, runs, call.chapters)]
    print("\n".join(lines))
    print(keep("peers", lines))
    return 1 if not equal or any(run.code for kind in runs.values() for run in kind) else 0


def larger(count: int, runs: dict[str, list[Taken]], chapters: int) -> str:
    """A book of `count` chapters, executed cold once: seconds and memory beside those of the other book."""
    book = HOME / "many"
    shutil.rmtree(book, ignore_errors=True)
    write_book(book, count)
    run = one("greenbook", commands(book, [])["greenbook"], book, memory=True)
    each, before = run.wall / count, median(runs["greenbook"], "wall") / chapters
    return (f"greenbook, {count} chapters: {run.wall:.1f} s, {each:.2f} s a chapter, {each / before:.2f} of the "
            f"{before:.2f} s at {chapters}; peak PSS {run.peak:.0f} MiB "
            f"({runs['greenbook'][-1].peak:.0f} at {chapters}); exit {run.code}.")


def installed(name: str) -> bool:
    """Whether the peer stands in its environment, which is made where it does not."""
    python = HOME / name / "bin" / "python"
    if name == "myst" and not shutil.which("node"):
        print("mystmd is left out: it needs Node.js", file=sys.stderr)
        return False
    if not (HOME / name / "ready").exists():
        subprocess.run([str(OURS), "-m", "venv", str(HOME / name)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--compile", *PEERS[name]], check=True,
                       env=environment(python))
        (HOME / name / "ready").touch()
    return True


def lay_out(name: str, book: Path, slugs: list[str]) -> None:
    """The same chapters, parameters written in, in the folder and with the table of contents of a peer."""
    folder = book / name
    folder.mkdir()
    for slug in slugs:
        shutil.copyfile(book / "baked" / f"{slug}.ipynb", folder / f"{slug}.ipynb")
    (folder / "intro.md").write_text("# The book\n\nIts chapters follow.\n")
    if name == "jb1":
        (folder / "_config.yml").write_text("title: Bench\nauthor: bench\nonly_build_toc_files: true\nexecute:\n"
                                            "  execute_notebooks: cache\n  timeout: 300\n")
        (folder / "_toc.yml").write_text("format: jb-book\nroot: intro\nchapters:\n"
                                         + "".join(f"- file: {slug}\n" for slug in slugs))
        return
    (folder / "theme").mkdir()
    for file, text in THEME.items():
        (folder / "theme" / file).write_text(text)
    (folder / "jupyter_server_config.py").write_text("c.ServerApp.allow_root = True\n")
    (folder / "myst.yml").write_text("version: 1\nproject:\n  title: Bench\n  toc:\n    - file: intro.md\n"
                                     + "".join(f"    - file: {slug}.ipynb\n" for slug in slugs)
                                     + "site:\n  template: ./theme\n")


def commands(book: Path, peers: list[str]) -> dict[str, tuple[Path, list[str], Path, tuple[str, ...]]]:
    """Task → its python, command, folder and what is removed before; tasks of one tool follow each other."""
    runner = str(ROOT / "bench" / "runner.py")

    def way(name: str, workers: int, cold: bool = True) -> tuple[Path, list[str], Path, tuple[str, ...]]:
        return OURS, [str(OURS), runner, name, str(book), str(workers)], book, ("out", "_build") if cold else ()

    tasks = {"papermill API": way("papermill", 1), "papermill pool of 2": way("papermill", 2),
             "greenbook": way("fork", 2), "greenbook, with HTML": way("pages", 2),
             "greenbook, nothing changed": way("fork", 2, cold=False),
             "limit": way("limit", 2)}
    builds = {"jb1": ("Jupyter Book 1", ["jupyter-book", "build", "."]),
              "myst": ("mystmd", ["myst", "build", "--site", "--execute", "--ci"])}
    for peer in peers:
        name, words = builds[peer]
        python = HOME / peer / "bin" / "python"
        command = [str(python.parent / words[0]), *words[1:]]
        tasks[name] = (python, command, book / peer, ("_build",))
        tasks[f"{name}, nothing changed"] = (python, command, book / peer, ())
    return tasks


def one(name: str, task: tuple[Path, list[str], Path, tuple[str, ...]], book: Path, *, memory: bool) -> Taken:
    """One task, once."""
    python, command, folder, removed = task
    for made in removed:
        shutil.rmtree(folder / made, ignore_errors=True)
    given = {"GREENBOOK_SLICES": str(book / "slices"), "GREENBOOK_EDITION": EDITION,
             "VIRTUAL_ENV": str(python.parents[1]), "JUPYTER_CONFIG_DIR": str(folder)}
    run = taken(command, folder, environment(python, **given), book / "log.txt", memory=memory)
    if name in ("papermill API", "greenbook") and (book / "out").is_dir():
        shutil.rmtree(book / f"out of {name}", ignore_errors=True)
        shutil.copytree(book / "out", book / f"out of {name}")
    print(f"{name}: {run.wall:.1f} s, {run.cpu:.1f} CPU s, exit {run.code}, left {run.left}, "
          f"load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
    return run


def told(runs: dict[str, list[Taken]], chapters: int, equal: bool) -> list[str]:
    """The section of RESULTS.md."""
    base, limit = (median(runs[name], "wall") for name in ("papermill API", "limit"))
    rows = [[name, f"{median(kind, 'wall'):.2f}", f"{median(kind, 'cpu'):.2f}", f"{median(kind, 'wall') / base:.2f}",
             f"{median(kind, 'wall') / limit:.2f}", f"{kind[-1].peak:.0f}", str(max(run.left for run in kind))]
            for name, kind in runs.items()]
    rounds = len(runs["limit"])
    return [f"## Peers, {chapters} chapters", "",
            f"{machine()}; {datetime.date.today()}; load {os.getloadavg()[0]:.1f}; medians of {rounds} rounds. "
            "greenbook and papermill execute, and with HTML each notebook becomes a page by nbconvert; Jupyter Book 1 "
            "writes HTML too, mystmd the content of a site. greenbook's outputs are "
            f"{'' if equal else 'NOT '}papermill's in every cell.", "",
            *table(["task", "wall s", "CPU s", "÷ papermill API", "÷ limit", "peak PSS MiB", "left running"], rows)]


if __name__ == "__main__":
    raise SystemExit(main())
