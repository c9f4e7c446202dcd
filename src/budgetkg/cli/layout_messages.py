"""What the commands about layouts say, in both languages."""

from __future__ import annotations

# key: (English, Chinese)
CATALOGUE: dict[str, tuple[str, str]] = {
    "new-layout": (
        "Draft a layout file from a document: the headers it knows, and those it doesn't.",
        "根据一份文件起草版式文件：认得的表头，以及不认得的。",
    ),
    "arg-drafted": ("A document of the new layout.", "采用新版式的一份文件。"),
    "opt-layout": (
        "A layout file of your own, or a folder of them, tried before those that ship.",
        "自定的版式文件或其文件夹，先于内置版式使用。",
    ),
}
