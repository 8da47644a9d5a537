"""Whether an installation is fit to answer: each thing that was looked at, and what to do next.

Nothing is changed, nothing is built, nothing is asked of a network.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus import CorpusError
from index import IndexProblem
from interface.doctor.encoder import examine_encoder
from interface.doctor.finding import Finding, Level
from interface.doctor.folders import examine_collection, examine_disk, examine_index_folder
from interface.doctor.index import examine_index
from interface.doctor.packages import examine_packages
from interface.workspace import Workspace

__all__ = ["Finding", "Level", "examine"]


def examine(workspace: Workspace) -> Iterator[Finding]:
    """The findings, from what everything rests on to what rests on it.

    What cannot even be looked at is a problem too; the rest is still looked at.
    """
    yield from examine_packages()
    for what, look in (
        ("encoder", examine_encoder),
        ("collection", examine_collection),
        ("index folder", examine_index_folder),
        ("index", examine_index),
        ("disk", examine_disk),
    ):
        try:
            yield from look(workspace)
        except (IndexProblem, CorpusError) as error:
            yield Finding(what, "problem", str(error))
        except OSError as error:
            yield Finding(what, "problem", f"It cannot be read: {error.strerror or error}.")
