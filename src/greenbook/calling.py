"""The grammar of a call of build.py: what a mistyped word is told, and the kinds of numbers an option takes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from greenbook.errors import CommandError, Problem, write_instead


class Caller(argparse.ArgumentParser):
    """An argument parser whose messages are those of the house: found, expected, do, with the near word (GB217).

    Options are not to be shortened: a script that says `--lang` would break on the day a second option starts so.
    """

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **{"allow_abbrev": False, **options})

    def commands(self) -> Sequence[str]:
        """The commands of the top parser; none of a command's own."""
        return [name for action in self._actions if isinstance(action, argparse._SubParsersAction)
                for name in action.choices]

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As the parent's, but an unknown word ends the call here, where the parser knows what it could have been."""
        words = list(sys.argv[1:] if args is None else args)
        if (commands := self.commands()) and words and not words[0].startswith("-") and words[0] not in commands:
            self._unknown(words[0], commands)
        known, rest = super().parse_known_args(words, namespace)
        if rest:
            options = [option for action in self._actions for option in action.option_strings]
            self._unknown(rest[0], options if rest[0].startswith("-") else [])
        return known, rest

    def error(self, message: str) -> NoReturn:
        self._end(message, "", f"see {self.prog} --help")

    def _unknown(self, word: str, known: Sequence[str]) -> NoReturn:
        expected = f"one of {', '.join(known)}" if known else "no further word"
        self._end(f'found "{word}"', expected, write_instead(word.partition("=")[0], known, f"see {self.prog} --help"))

    def _end(self, found: str, expected: str, do: str) -> NoReturn:
        print(Problem(self.prog, "", "GB217", found, expected, do), file=sys.stderr)
        raise SystemExit(CommandError.exit_code)


def whole(least: int, most: int) -> Callable[[str], int]:
    """The kind of an option that takes a whole number from `least` to `most`."""
    def read(word: str) -> int:
        if word.isascii() and word.isdigit() and least <= int(word) <= most:
            return int(word)
        raise argparse.ArgumentTypeError(f'"{word}"; expected a whole number from {least} to {most}')
    return read
