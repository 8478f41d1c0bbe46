"""The story of a build, on one screen. It decides nothing; run it as a program, never import it."""

from greenbook.cli import main


def build(order):
    """From notebooks and data to a published edition; returns what was published. Raises GreenbookError."""
    from greenbook.execution.lock import one_build
    from greenbook.outline import read_outline
    from greenbook.project import open_project
    from greenbook.publishing.standing import fingerprint, standing

    project = open_project(order.folder)
    outline = read_outline(project)
    task = order.task(project, outline)

    with one_build(project):
        inputs = fingerprint(task)
        if published := standing(task, inputs):
            return published

        from greenbook.catalog.reading import read_catalog
        from greenbook.catalog.slices import write_slices
        from greenbook.composition.agreement import agreed
        from greenbook.composition.compose import compose
        from greenbook.documents.chapters import read_chapters
        from greenbook.execution.run import execute
        from greenbook.publishing.commit import commit_of
        from greenbook.publishing.edition import publish
        from greenbook.review.draft import reviewed

        view = read_catalog(project).at(task.edition.as_of)
        slices = write_slices(view, task.slices)
        execution = execute(task, slices)
        readings = read_chapters(task, execution, view)
        composition = compose(
            outline, task.edition, view, readings, languages=task.languages, commit=commit_of(project.root),
            draft=task.draft, matter_folder=project.templates / "matter",
            locale_folder=project.templates / "locale", bibliography=project.data / "references.bib",
            kept=project.data / "findings",
        )
        books = agreed(execution, composition)
        return publish(task, inputs, view, execution, reviewed(task, books))


if __name__ == "__main__":
    raise SystemExit(main(build))
