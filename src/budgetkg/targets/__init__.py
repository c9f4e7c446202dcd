"""What a printed target means: its kind, its quantities, its deadline.

The words as printed are never changed; what can't be decided is ``unparsed``, never a guess.
"""

from budgetkg.targets.model import Quantity, Target
from budgetkg.targets.reading import read_target

__all__ = ["Quantity", "Target", "read_target"]
