"""The story of a build, on one screen. It decides nothing; run it as a program, never import it."""

from greenbook.cli import main


def build(order):
    """From notebooks and data to a published edition; returns what was published. Raises GreenbookError."""
    from greenbook.outline import read_outline
    from greenbook.project import open_project
    from greenbook.publishing.standing import standing

    project = open_project(order.folder)
    outline = read_outline(project)
    task = order.task(project, outline)
    if edition := standing(task):
        return edition

    from greenbook.catalog.reading import read_catalog
    from greenbook.catalog.slices import write_slices
    from greenbook.composition.compose import compose
    from greenbook.documents.chapter import read_chapters
    from greenbook.execution.lock import one_build
    from greenbook.execution.run import execute
    from greenbook.publishing.edition import publish
    from greenbook.review.draft import reviewed

    with one_build(project):
        view = read_catalog(project).at(task.edition.as_of)
        slices = write_slices(view, task.slices)
        execution = execute(task, slices)
        readings = read_chapters(task, execution, view)
        composition = compose(task, view, readings)
        return publish(task, view, execution, reviewed(task, composition))


if __name__ == "__main__":
    raise SystemExit(main(build))
