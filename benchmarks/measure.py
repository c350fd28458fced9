"""What a command costs: wall time, CPU time and memory of it and of all that it starts. Linux only (reads /proc)."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

#: Seconds between two looks at the processes.
EVERY = 0.2
_TICK = os.sysconf("SC_CLK_TCK")
#: What a program is called whose memory is counted apart.
APART = "pagefind"


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, seconds of all cores, and the highest memory in MB (shared pages counted once).

    `apart` is the memory of the search program, which is not in `memory`.
    """

    wall: float
    cpu: float
    memory: float
    apart: float = 0.0

    def record(self) -> dict[str, float]:
        """The numbers by name, rounded."""
        return {name: round(value, 2) for name, value in asdict(self).items()}


class CommandError(Exception):
    """A command did not end well; the text is the end of what it said."""


def run(command: Sequence[str], folder: Path, environment: dict[str, str]) -> Cost:
    """Run a command to its end. Raises CommandError where its exit status is not 0."""
    began = time.perf_counter()
    said = folder / ".said"
    with said.open("w+b") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=output, stderr=output, start_new_session=True
        )
        cpu: dict[int, float] = {}
        most = apart = 0.0
        try:
            while process.poll() is None:
                memory, other = _look(process.pid, cpu)
                most, apart = max(most, memory), max(apart, other)
                time.sleep(EVERY)
        finally:
            if process.returncode is None:  # interrupted
                os.killpg(process.pid, signal.SIGTERM)
    wall = time.perf_counter() - began
    if process.returncode:
        raise CommandError(f"{' '.join(command)}: {said.read_text(encoding='utf-8', errors='replace')[-2000:]}")
    said.unlink()
    return Cost(wall, sum(cpu.values()), most, apart)


def _look(session: int, cpu: dict[int, float]) -> tuple[float, float]:
    """The memory in MB of the processes of a session now, the search program apart; their CPU time is noted."""
    memory = apart = 0.0
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        try:
            name, _, rest = (folder / "stat").read_text().partition(" (")[2].rpartition(") ")
            fields = rest.split()
            if int(fields[3]) != session:
                continue
            cpu[int(folder.name)] = (int(fields[11]) + int(fields[12])) / _TICK
            size = _proportional(folder)
        except OSError:  # it has ended meanwhile
            continue
        if APART in name:
            apart += size
        else:
            memory += size
    return memory, apart


def _proportional(folder: Path) -> float:
    """The memory of a process in MB, what it shares with others divided among them."""
    for line in (folder / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1000
    return 0.0


def weigh(folder: Path) -> dict[str, int | str]:
    """The bytes of all files of a folder, how many pages it has, and the largest of them."""
    files = [(path.stat().st_size, path) for path in folder.rglob("*") if path.is_file()]
    pages = [(size, path) for size, path in files if path.suffix == ".html"]
    size, largest = max(pages, default=(0, folder), key=lambda item: (item[0], str(item[1])))
    return {
        "bytes": sum(size for size, _ in files),
        "pages": len(pages),
        "largest": size,
        "largest_page": largest.relative_to(folder).as_posix(),
    }


def digests(folder: Path) -> dict[str, str]:
    """What is in each file of a folder, as a digest by its path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
