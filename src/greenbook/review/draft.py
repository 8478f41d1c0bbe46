"""The reviewers' draft: what a draft has and a report has not."""

from __future__ import annotations

import dataclasses

from greenbook.catalog.view import CatalogView
from greenbook.composition.book import Book
from greenbook.order import Task
from greenbook.review.changes import changes_section
from greenbook.review.factsheet import fact_sheets


def reviewed(task: Task, books: dict[str, Book], view: CatalogView) -> dict[str, Book]:
    """`books` as they are for a report; for a draft with the changes since the last one and the fact sheets."""
    if not task.draft:
        return books
    return {language: _draft(task, book) for language, book in books.items()}


def _draft(task: Task, book: Book) -> Book:
    first = [section for section in book.sections if section.place == "front"]
    others = [section for section in book.sections if section.place != "front"]
    sections = (*first, changes_section(task, book), *others, *fact_sheets(book))
    return dataclasses.replace(book, sections=sections)
