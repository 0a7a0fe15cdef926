"""Tables of the room."""

from tinhso.papers.models.documents import IssuedDocument
from tinhso.papers.models.kept import KeptPaper, Scan
from tinhso.papers.models.papers import Paper, PaperGrant
from tinhso.papers.models.signing_keys import SigningKey

__all__ = ["IssuedDocument", "KeptPaper", "Paper", "PaperGrant", "Scan", "SigningKey"]
