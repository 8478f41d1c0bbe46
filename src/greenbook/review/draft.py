"""The reviewers' draft: what a draft has and a report has not."""

from __future__ import annotations

import dataclasses

from greenbook.composition.book import Book
from greenbook.order import Task
from greenbook.review.changes import changes_section
from greenbook.review.factsheet import fact_sheets


def reviewed(task: Task, books: dict[str, Book]) -> dict[str, Book]:
    """`books` as they are for a report; for a draft with the changes since the last one and the fact sheets."""
    return {language: _draft(task, book) for language, book in books.items()} if task.draft else books


def _draft(task: Task, book: Book) -> Book:
    first = [section for section in book.sections if section.id == "copyright"]
    others = [section for section in book.sections if section.id != "copyright"]
    sections = (*first, changes_section(task.link, book), *others, *fact_sheets(book))
    return dataclasses.replace(book, sections=sections)
