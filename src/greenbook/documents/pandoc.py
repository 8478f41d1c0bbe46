"""pandoc, called as a separate program: Markdown to AST, AST to a format."""

from __future__ import annotations

import functools
import json
import os
import subprocess
from collections.abc import Iterable
from typing import Any

# Raw HTML, TeX and raw attributes are off on purpose: a sentence must not carry code into a format.
READER = "markdown-raw_html-raw_tex-raw_attribute-smart-implicit_figures-yaml_metadata_block+east_asian_line_breaks"


@functools.cache
def program() -> str:
    """The path of the pandoc that the dependencies ship."""
    import pypandoc

    return pypandoc.get_pandoc_path()


def parse(markdown: str, *, prefix: str = "") -> dict[str, Any]:
    """The AST of `markdown` as pandoc's JSON document; footnote and heading ids get `prefix`."""
    arguments = ["-f", READER, "-t", "json"] + (["--id-prefix", prefix] if prefix else [])
    return json.loads(run(arguments, markdown))


def write(blocks: Iterable[dict[str, Any]], to: str, *options: str) -> str:
    """`blocks` as a fragment in the format `to` (`html5`, `typst`)."""
    document = {"pandoc-api-version": _version(), "meta": {}, "blocks": list(blocks)}
    return run(["-f", "json", "-t", to, "--wrap=none", *options], json.dumps(document, ensure_ascii=False))


def run(arguments: list[str], text: str) -> str:
    """What pandoc prints for `text`; raises RuntimeError with pandoc's own words when it fails.

    It reads the names of files by its locale, and a project may stand in a folder of any name.
    """
    done = subprocess.run([program(), *arguments], input=text, capture_output=True, text=True, encoding="utf-8",
                          env={**os.environ, "LC_ALL": "C.UTF-8"})
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    return done.stdout


@functools.cache
def release() -> str:
    """The version of pandoc that the dependencies ship, as a part of the keys under which its answers are kept."""
    from importlib.metadata import version

    return version("pypandoc_binary")


@functools.cache
def _version() -> list[int]:
    return json.loads(run(["-f", "markdown", "-t", "json"], ""))["pandoc-api-version"]
