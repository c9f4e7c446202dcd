"""The one place that composes the layers: sources → records → graph → validation → store."""

from budgetkg.pipeline.building import BuildReport, build
from budgetkg.pipeline.document import BuildOptions, parse, parse_all, process, summary_of
from budgetkg.pipeline.guarded import Limits
from budgetkg.pipeline.removing import remove
from budgetkg.pipeline.sources import Failure

__all__ = [
    "BuildOptions", "BuildReport", "Failure", "Limits",
    "build", "parse", "parse_all", "process", "remove", "summary_of",
]  # fmt: skip
