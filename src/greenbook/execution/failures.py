"""Why a chapter did not run to its end, as problems with notebook, cell, line and cure."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from greenbook.errors import Problem
from greenbook.execution.source import INJECTED, SourceCell, SourceNotebook
from greenbook.execution.task import ChapterTask, TaskResult
from greenbook.execution.watch import CODES, WORDS

WIDE = 80
_OURS = re.compile(r"^(?:\S+: )?(?P<code>GB\d{3}): (?P<found>[^;]*)(?:; (?P<expected>[^;]*))?(?:; (?P<do>.*))?$")
_END = "expected a chapter that runs to its end"
_EXPECTED = {"NameError": "expected a name defined above", "AttributeError": "expected an attribute that exists"}


def problems_of_result(source: SourceNotebook, task: ChapterTask, result: TaskResult) -> tuple[Problem, ...]:
    """The problems of one run: none exactly where every code cell ran, nothing failed and nothing was refused."""
    watch = result.record.get("watch", [])
    errors = [problem for entry in watch if entry["event"] == "error" for problem in _error(source, entry)]
    told = {problem.found for problem in errors}
    refused = [_refused(source, entry) for entry in watch if entry["event"] in CODES]
    problems = errors + [problem for problem in refused if problem.found not in told]
    if not problems and result.reason != "done":
        problems.append(_stopped(source, task, result))
    if not problems and (missed := _missed(source, result)):
        problems.append(Problem(source.name, missed.place, "GB434", "found a code cell that did not run", _END,
                                "look for what ends the notebook above it"))
    return tuple(dataclasses.replace(problem, found=problem.found.replace(f"{task.root}/", ""))
                 for problem in problems)


def order(source: SourceNotebook) -> list[str]:
    """The ids of the cells that run, in order, the injected one among them: execution counts start at 1."""
    ids: list[str] = []
    for cell in source.code:
        ids += [cell.id] if cell.runs else []
        ids += [INJECTED] if cell is source.parameters else []
    return ids


def _error(source: SourceNotebook, entry: dict[str, Any]) -> list[Problem]:
    place, line = _place(source, entry)
    if entry["problems"]:
        return [Problem(item["path"] or source.name, item["place"] if item["path"] else place, item["code"],
                        item["found"], item["expected"], item["do"]) for item in entry["problems"]]
    if ours := _OURS.match(entry["words"]):
        return [Problem(source.name, place, ours["code"], ours["found"], ours["expected"] or "", ours["do"] or "")]
    return [_exception(source.name, place, line, entry)]


def _exception(name: str, place: str, line: str, entry: dict[str, Any]) -> Problem:
    kind, near = entry["name"], entry["near"]
    words = _short(": ".join(filter(None, (kind, " ".join(entry["words"].split())))), 200)
    where = f' in "{_short(line, WIDE)}"' if line else ""
    if kind == "SystemExit":
        return Problem(name, place, "GB431", f"found an end of the notebook{where}", _END, "remove it")
    if kind == "KeyboardInterrupt":
        return Problem(name, place, "GB435", f"found an interruption{where}", _END, "run it again")
    if kind == "MemoryError":
        return Problem(name, place, "GB436", f"found no memory left{where}",
                       "expected a chapter within its limit of memory", "load less at once")
    if kind == "StdinNotImplementedError":
        return Problem(name, place, "GB437", f"found a question to the user{where}",
                       "expected a notebook that runs by itself", "make it a parameter")
    return Problem(name, place, "GB430", f"found {words}{where}", _EXPECTED.get(kind, _END),
                   f"write {near}" if near else "mend the line")


def _refused(source: SourceNotebook, entry: dict[str, Any]) -> Problem:
    found, expected, do = WORDS[entry["event"]]
    place = _named(source, entry["cell"])
    return Problem(source.name, place, CODES[entry["event"]], found.format(entry["what"]), expected, do)


def _stopped(source: SourceNotebook, task: ChapterTask, result: TaskResult) -> Problem:
    record, name = result.record, source.name
    running = record.get("running") or ""
    place = source.place(running) if running else ""
    cell = f"cell {source.cell(running).number}" if running and running != INJECTED else "the notebook"
    seconds = f"{task.limits.seconds:g} s"
    if result.reason == "timeout":
        return Problem(name, place, "GB433", f"found {cell} still running after {seconds}",
                       f"expected a chapter within {seconds}", "make it shorter, or look for a loop without end")
    if result.reason == "died":
        return Problem(name, place, "GB432", f"found the kernel dead in {cell} ({_exit(record.get('exit'))})", _END,
                       "look for what ends the process, or load less at once")
    if result.reason == "output":
        return Problem(name, place, "GB438", f"found more output than {task.limits.output >> 20} MB",
                       "expected outputs that fit a page", "show less")
    if result.reason == "stopped":
        return Problem(name, place, "GB435", "found the build stopped", _END, "run it again")
    code = "GB439" if result.reason == "start" else "GB449"
    found = "found no kernel" if result.reason == "start" else "found the run broken off"
    words = _short(" ".join(str(record.get("words") or f"exit {record.get('exit')}").split()), 200)
    return Problem(name, place, code, f"{found}: {words}", _END, "see worker.log in _build/runs, and run it again")


def _exit(code: int | None) -> str:
    if code is None:
        return "without a word"
    if code >= 0:
        return f"exit {code}"
    return f"signal {-code}{'; possibly out of memory' if code == -9 else ''}"


def _missed(source: SourceNotebook, result: TaskResult) -> SourceCell | None:
    run = set(result.record.get("run", ()))
    return next((cell for cell in source.code if cell.runs and cell.id not in run), None)


def _place(source: SourceNotebook, entry: dict[str, Any]) -> tuple[str, str]:
    """The place of an error (`data:7`) and the author's own line there."""
    count, number = (entry["at"], entry["line"]) if entry["at"] else (entry["cell"], 0)
    ids = order(source)
    if not 0 < count <= len(ids):
        return "", ""
    lines = source.cell(ids[count - 1]).source.splitlines() if ids[count - 1] != INJECTED else []
    text = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    place = source.place(ids[count - 1])
    return (f"{place}:{number}" if number else place), text


def _named(source: SourceNotebook, count: int) -> str:
    ids = order(source)
    return source.place(ids[count - 1]) if 0 < count <= len(ids) else ""


def _short(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
