"""The commands of build.py: read the words of the call, call the stage, end with its exit code."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from greenbook.calling import Caller, whole
from greenbook.errors import GreenbookError, Interrupted
from greenbook.order import FORMATS, Order

Build = Callable[[Order], Any]
Command = Callable[[argparse.Namespace, Build], int | None]


def main(build: Build, words: list[str] | None = None) -> int:
    """Runs the command in `words` (default: those of the process); returns its exit code."""
    call = parser().parse_args(words)
    signal.signal(signal.SIGTERM, _terminated)
    try:
        return call.run(call, build) or 0
    except GreenbookError as error:
        return _told(error, call)
    except KeyboardInterrupt:
        return _told(Interrupted(message="stopped; finished chapters are kept"), call)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def parser() -> argparse.ArgumentParser:
    """The grammar of the command line; each subcommand names the function that runs it."""
    top = Caller(prog="build.py", description="Build the report and look after its parts.",
                 epilog="build.py COMMAND --help shows the options of a command.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Command, about: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=about, description=about)
        sub.add_argument("--project", type=Path, default=Path.cwd(), metavar="FOLDER",
                         help="the project's folder (default: this one)")
        sub.add_argument("--debug", action="store_true", help="show Python's traceback of a failure")
        sub.set_defaults(run=run)
        return sub

    _build_options(command("report", _report, "build the report: HTML, PDF, data annex, in every language"))
    _build_options(command("draft", _draft, "build the reviewers' draft"))
    preview = command("preview", _preview, "serve the book on this machine and rebuild it on every save")
    preview.add_argument("--chapter", action="append", default=[], metavar="C", help="only this chapter (repeatable)")
    _edition(preview)
    preview.add_argument("--port", type=whole(1, 65535), default=8765, metavar="N",
                         help="the port to try first (default: 8765)")
    command("lab", _lab, "open JupyterLab with the preview beside it")
    command("tidy", _tidy, "strip the notebooks and name their cells, declare the rows of data/")
    command("check", _check, "check everything that needs no execution")
    explain = command("explain", _explain, "say what would be rebuilt, and which input's change is the reason")
    explain.add_argument("chapter", nargs="?", metavar="CHAPTER", help="only this chapter (default: all)")
    _edition(explain)
    bring = command("import", _import, "bring a researcher's CSV or XLSX into the catalog, after showing the changes")
    bring.add_argument("file", type=Path, metavar="FILE", help="a table, as a researcher keeps it")
    bring.add_argument("--mapping", type=Path, metavar="M", help="the rules for this file (YAML)")
    bring.add_argument("--encoding", choices=("UTF-8", "GB18030"), help="the encoding of a CSV file (default: UTF-8)")
    bring.add_argument("--dry-run", action="store_true", help="show what would change, write nothing")
    bring.add_argument("--yes", action="store_true", help="write without asking")
    chapter = command("chapter", _chapter, "start a chapter from the template and enter it in book.yml")
    chapter.add_argument("name", metavar="NAME", help="lower-case letters, digits and hyphens; its address in the book")
    trace = command("trace", _trace, "go from a number in the report back to its observations and sources")
    trace.add_argument("wanted", metavar="VALUE-OR-NUMBER",
                       help="steel.output_latest, figure 3-1, or a number as it is printed, with its unit")
    _edition(trace)
    trace.add_argument("--page", type=whole(1, 9999), metavar="N",
                       help="the page of the PDF from which the number was copied")
    trace.add_argument("--language", metavar="L", help="look only in this language")
    keep = command("keep", _keep, "keep the key findings of a built edition, for the revision log of the next")
    _edition(keep)
    command("doctor", _doctor, "look at Python, fonts, versions, free disk: what is missing")
    return top


def _edition(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--edition", metavar="E", help="the edition (default: book.yml's default_edition)")


def _build_options(sub: argparse.ArgumentParser) -> None:
    _edition(sub)
    sub.add_argument("--language", action="append", default=[], metavar="L", help="only this language (repeatable)")
    sub.add_argument("--format", default="", metavar="F", help=f"some of {','.join(FORMATS)} (default: all)")
    sub.add_argument("--chapter", action="append", default=[], metavar="C", help="only this chapter (repeatable)")
    sub.add_argument("--jobs", type=whole(1, 512), default=os.cpu_count() or 1, metavar="N",
                     help="notebooks at a time (default: one a processor)")


def _order(call: argparse.Namespace, report: Callable, draft: bool) -> Order:
    formats = tuple(name for name in call.format.split(",") if name)
    return Order(call.project, call.edition, tuple(call.language), formats, tuple(call.chapter),
                 call.jobs, draft, report)


def _made(call: argparse.Namespace, build: Build, draft: bool) -> None:
    from greenbook.console import progress, summary

    _spared()
    with progress() as report:
        published = build(_order(call, report, draft))
    summary(published)


def _spared() -> None:
    """Has memory searched for rings of garbage seldom: a book is millions of small objects, and none of them is."""
    gc.set_threshold(100_000, 50, 50)


def _report(call: argparse.Namespace, build: Build) -> None:
    _made(call, build, draft=False)


def _draft(call: argparse.Namespace, build: Build) -> None:
    _made(call, build, draft=True)


def _preview(call: argparse.Namespace, build: Build) -> None:
    from greenbook.preview.server import serve

    _spared()
    serve(call.project, build, edition=call.edition, chapters=tuple(call.chapter), port=call.port)


def _lab(call: argparse.Namespace, build: Build) -> int:
    from greenbook.preview.lab import lab

    return lab(call.project, build)


def _tidy(call: argparse.Namespace, build: Build) -> None:
    from greenbook.documents.tidy import tidy_project
    from greenbook.project import open_project

    for line in tidy_project(open_project(call.project)):
        print(line)


def _check(call: argparse.Namespace, build: Build) -> None:
    from greenbook.project import open_project
    from greenbook.review.check import check

    for line in check(open_project(call.project)):
        print(line)


def _explain(call: argparse.Namespace, build: Build) -> None:
    from greenbook.review.explain import explain

    for line in explain(call.project, call.edition, call.chapter):
        print(line)


def _import(call: argparse.Namespace, build: Build) -> None:
    from greenbook.errors import DataRefused
    from greenbook.intake.importing import prepare
    from greenbook.project import open_project

    made = prepare(open_project(call.project), call.file, call.mapping, call.encoding)
    for line in made.lines():
        print(line)
    if made.problems:
        raise DataRefused(made.problems, "nothing was written")
    if call.dry_run or not made.tables or not (call.yes or _agreed()):
        print("nothing was written")
        return
    for line in made.write():
        print(line)


def _agreed() -> bool:
    """Whether the one who sits at the terminal says yes; without a terminal nobody does."""
    if not sys.stdin or not sys.stdin.isatty():
        print("not asked, since there is no terminal: --yes writes")
        return False
    return input("write? [y/N] ").strip().lower() in ("y", "yes", "是")


def _chapter(call: argparse.Namespace, build: Build) -> None:
    from greenbook.documents.newchapter import new_chapter
    from greenbook.project import open_project

    print(new_chapter(open_project(call.project), call.name))


def _trace(call: argparse.Namespace, build: Build) -> None:
    from greenbook.review.trace import trace

    for line in trace(call.project, call.edition, call.wanted, call.page, call.language):
        print(line)


def _keep(call: argparse.Namespace, build: Build) -> None:
    from greenbook.review.keep import keep

    print(keep(call.project, call.edition))


def _doctor(call: argparse.Namespace, build: Build) -> int:
    from greenbook.review.doctor import examine

    healthy = True
    for mark, line in examine(call.project):
        healthy = healthy and mark
        print(("ok      " if mark else "missing ") + line)
    return 0 if healthy else 7


def _told(error: GreenbookError, call: argparse.Namespace) -> int:
    if call.debug:
        import traceback

        traceback.print_exc()
    for problem in error.problems:
        print(problem, file=sys.stderr)
    if error.problems:
        count = len(error.problems)
        outcome = "; nothing was published" if call.command in ("report", "draft") else ""
        print(f"{count} problem{'s' if count > 1 else ''}{outcome}", file=sys.stderr)
    if error.message:
        print(error.message, file=sys.stderr)
    return error.exit_code


def _terminated(number: int, frame: Any) -> None:
    stop = Interrupted(message="stopped; finished chapters are kept")
    stop.exit_code = 128 + number
    raise stop
