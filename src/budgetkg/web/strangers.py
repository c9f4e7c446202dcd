"""What a stranger may give to a stored question, in a page, through the API or an assistant."""

from __future__ import annotations

from budgetkg.parameters import Parameter
from budgetkg.queries import Question

_OF_THIS_MACHINE = "table"
"""A parameter of this kind names a file of the machine that answers: nobody outside may name one."""


def open_parameters(question: Question) -> tuple[Parameter, ...]:
    """The parameters of a question that a stranger may give."""
    return tuple(parameter for parameter in question.parameters if parameter.kind != _OF_THIS_MACHINE)
