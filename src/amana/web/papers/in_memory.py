"""An upload that never touches the disk in the clear: it is held in memory up to the limit of a paper, and
what goes beyond is counted and dropped.
"""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from amana.core.papers import MOST_BYTES


class InMemory(FileUploadHandler):
    """Keeps at most a paper's bytes; a larger file arrives empty, with its size told."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.kept = io.BytesIO()
        self.told = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self.kept, self.told = io.BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Some of it."""
        self.told += len(raw_data)
        if self.told > MOST_BYTES:
            self.kept = io.BytesIO()
        else:
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """All of it, or nothing where it was too much; `size` is what was sent."""
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, self.file_name, self.content_type or "", file_size, self.charset
        )
