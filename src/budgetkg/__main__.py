"""``python -m budgetkg``."""

from budgetkg.cli import main

if __name__ == "__main__":
    main()
