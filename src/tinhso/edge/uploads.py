"""Files on their way in: to disk, and never more of one than could be taken."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from tinhso.papers.rules import rules

# More than a whole dossier of the biggest files; beyond it nobody waits for the end of the request.
MOST_BYTES = 250 * 1024 * 1024
# The box of a file with data for a register, which may fill the request.
DATA_FILE = "tep-du-lieu"


class CappedFile(TemporaryFileUploadHandler):
    """
    Keep at most one byte more than a paper may have: enough for ``receive_paper`` to call it too large.

    The rest is read and thrown away, so that the answer is a page and not a broken connection. Only a file of
    data for a register may be as large as the request.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803  (the name Django calls it by)
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Refuse what is absurd before reading it. :raises RequestDataTooBig: becomes a page, status 413"""
        del input_data, META, boundary, encoding
        if content_length > MOST_BYTES:
            raise RequestDataTooBig

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        super().new_file(field_name, *args, **kwargs)
        self._most = MOST_BYTES if field_name == DATA_FILE else rules().upload.max_bytes + 1
        self._left = self._most

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        kept = raw_data[: self._left]
        self._left -= len(kept)
        if kept:
            super().receive_data_chunk(kept, start)

    def file_complete(self, file_size: int) -> Any:
        return super().file_complete(min(file_size, self._most))
