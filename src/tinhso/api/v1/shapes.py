"""Shapes of answers that several operations have."""

from typing import Any

PDF = "application/pdf"


def bytes_of(*media_types: str) -> dict[str, Any]:
    """Describe an answer of bytes."""
    content: dict[str, Any] = {
        kind: {"schema": {"type": "string", "contentMediaType": kind}} for kind in media_types
    }
    return {"responses": {200: {"content": content}}}
