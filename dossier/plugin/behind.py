"""A second process that lays out pages from the last one on, while MkDocs does so from the first one on.

MkDocs publishes one page after the other, in one process. Where the two meet, what is left is done already; and where
the second process comes to an end before, for whatever reason, MkDocs lays the other pages out itself.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from dossier.plugin.pages import DossierPage

#: Fewer pages than this are laid out sooner than another process helps with them.
FEW = 300


class Behind:
    """The pages that the second process has laid out, each in a file of a folder that both know."""

    def __init__(self, folder: Path, process: int) -> None:
        self.folder, self.process = folder, process

    def take(self, page: DossierPage) -> str | None:
        """The HTML of a page, if it is there. Then so are those of all pages after it."""
        try:
            text = self._file(page).read_text(encoding="utf-8")
        except OSError:
            return None
        self._stop()
        return text

    def close(self) -> None:
        """End the process, and take away what it has left."""
        self._stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def lay_out(self, pages: Sequence[DossierPage], lay_out: Callable[[DossierPage], str], parent: int) -> None:
        """Lay pages out, the last one first, as long as the process lives that waits for them."""
        for page in reversed(pages):
            if os.getppid() != parent:
                shutil.rmtree(self.folder, ignore_errors=True)
                return
            beside = self.folder / "next"
            beside.write_text(lay_out(page), encoding="utf-8")
            beside.rename(self._file(page))

    def _file(self, page: DossierPage) -> Path:
        return self.folder / str(page.file.place)

    def _stop(self) -> None:
        if self.process:
            with contextlib.suppress(OSError):
                os.kill(self.process, signal.SIGKILL)
                os.waitpid(self.process, 0)
            self.process = 0


def begin(pages: Sequence[DossierPage], lay_out: Callable[[DossierPage], str]) -> Behind | None:
    """Have pages laid out by a copy of this process; None where they are few, or it cannot well be copied."""
    if len(pages) < FEW or sys.platform != "linux" or threading.active_count() > 1 or len(os.sched_getaffinity(0)) < 2:
        return None
    parent, folder = os.getpid(), Path(tempfile.mkdtemp(prefix="dossier-"))
    process = os.fork()
    if process == 0:
        try:
            Behind(folder, 0).lay_out(pages, lay_out, parent)
        finally:  # whatever went wrong will go wrong in the other process, too, which tells it
            os._exit(0)
    return Behind(folder, process)
