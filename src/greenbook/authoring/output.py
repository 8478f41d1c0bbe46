"""How a record leaves a notebook: one display output a record, under our own MIME type."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from typing import Any

from greenbook.records import Record, mime, to_json

SLICES = "GREENBOOK_SLICES"
Show = Callable[[dict[str, Any]], None]


def in_build() -> bool:
    """Whether the kernel runs inside a build: then outputs hold records and nothing else."""
    return bool(os.environ.get(SLICES))


def bundle(record: Record, text: str = "", html: str = "", png: bytes = b"") -> dict[str, Any]:
    """The MIME bundle of `record`, with something to look at where no build is under way."""
    data: dict[str, Any] = {mime(record): to_json(record)}
    if not in_build():
        data["text/plain"] = text or type(record).__name__
        if html:
            data["text/html"] = html
        if png:
            data["image/png"] = base64.b64encode(png).decode()
    return data


def display_bundle(data: dict[str, Any]) -> None:
    """Hands `data` to Jupyter as one output; outside of IPython nothing is shown."""
    from IPython import get_ipython
    from IPython.display import display

    if get_ipython() is not None:
        display(data, raw=True)
