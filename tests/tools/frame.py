"""Frames a JSON-LD document with PyLD.

Arguments: the document, the frame, its context, the @id of the root.
"""

import json
import sys
from pathlib import Path

from pyld import jsonld

data, frame, context, root = sys.argv[1:]


def load(url: str, options: object = None) -> dict[str, object]:
    return {"contextUrl": None, "documentUrl": url, "document": json.loads(Path(context).read_bytes())}


jsonld.set_document_loader(load)
asked = {
    **json.loads(Path(frame).read_bytes()),
    "@context": "https://context.example/context.jsonld",
    "@id": root,
}
framed = jsonld.frame(json.loads(Path(data).read_bytes()), asked, {"omitGraph": True})
print(json.dumps(framed))
