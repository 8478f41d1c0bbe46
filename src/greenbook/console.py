"""Progress and results on the terminal: a live display, or plain lines in a pipe."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

from greenbook.records import StageEvent

MARKS = {"waiting": "·", "running": "▸", "cached": "=", "done": "✓", "failed": "✗"}


@contextlib.contextmanager
def progress() -> Iterator[Callable[[StageEvent], None]]:
    """A listener for stage events: one live table on a terminal, a line an event elsewhere."""
    if sys.stderr.isatty():
        with _live() as listener:
            yield listener
    else:
        yield _line


def summary(published) -> None:
    """Prints what was published: the folder, the counts, the seconds."""
    print(published.told())


def _line(event: StageEvent) -> None:
    if event.state == "waiting":
        return
    seconds = f" {event.seconds:.1f} s" if event.seconds else ""
    print(f"{event.stage}: {event.subject} {event.state}{seconds}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def _live() -> Iterator[Callable[[StageEvent], None]]:
    from rich.console import Console
    from rich.live import Live

    board = Board()
    with Live(board, console=Console(stderr=True), refresh_per_second=8, transient=False) as live:
        def listener(event: StageEvent) -> None:
            board.events[(event.stage, event.subject)] = event
            live.update(board)

        yield listener


class Board:
    """The live display: a line a stage with its counts, and what runs now."""

    def __init__(self) -> None:
        self.events: dict[tuple[str, str], StageEvent] = {}
        self.started = time.monotonic()

    def __rich__(self):
        from rich.table import Table

        table = Table.grid(padding=(0, 2))
        for stage in dict.fromkeys(stage for stage, _ in self.events):
            table.add_row(*self.row(stage))
        table.add_row("", "", f"{time.monotonic() - self.started:.0f} s", "")
        return table

    def row(self, stage: str) -> tuple[str, str, str, str]:
        """One stage: its name, how many of how many, marks of all subjects, what runs now."""
        events = [event for (name, _), event in self.events.items() if name == stage]
        over = sum(event.state in ("cached", "done", "failed") for event in events)
        marks = "".join(MARKS.get(event.state, "?") for event in events)
        running = ", ".join(event.subject for event in events if event.state == "running")
        failed = ", ".join(f"[red]{event.subject} failed[/red]" for event in events if event.state == "failed")
        return stage, f"{over}/{len(events)}", marks, " ".join(part for part in (running, failed) if part)
