"""What a command costs: wall time, CPU time and memory of it and of all that it starts. Linux only (reads /proc)."""

from __future__ import annotations

import contextlib
import hashlib
import os
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

#: Seconds between two looks at the processes; more where a look takes long: it costs at most one part in RARELY.
EVERY, RARELY = 0.2, 30
#: Seconds that processes have to end by themselves when they are asked to.
PATIENCE = 10.0
_TICK, _PAGE = os.sysconf("SC_CLK_TCK"), resource.getpagesize()
#: What a program is called whose memory is counted apart.
APART = "pagefind"


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, seconds of all cores, and the highest memory in MB (shared pages counted once).

    `apart` is the memory of the search program, which is not in `memory`. `others` are the seconds of all cores that
    the machine spent on anything else meanwhile: other programs, its own housekeeping, and looking at what it costs.
    """

    wall: float
    cpu: float
    memory: float
    apart: float = 0.0
    others: float = 0.0

    def record(self) -> dict[str, float]:
        """The numbers by name, rounded."""
        return {name: round(value, 2) for name, value in asdict(self).items()}


class CommandError(Exception):
    """A command did not end well; the text is the end of what it said."""


@dataclass(slots=True)
class Watched:
    """A command that runs in a session of its own, and what its processes have been seen to take so far."""

    process: subprocess.Popen[bytes]
    memory: float = 0.0
    apart: float = 0.0
    seen: dict[int, float] = field(default_factory=dict)  # CPU seconds of each process, also of those that have ended

    @property
    def cpu(self) -> float:
        """The CPU seconds of all processes, as they were last seen."""
        return sum(self.seen.values())

    def look(self) -> None:
        """Look at all processes of the session."""
        there = list(_session(self.process.pid))
        self.seen |= {pid: cpu for pid, _, cpu, _ in there}
        # To ask for the proportional share takes long, and the process waits: it is asked for only where it can be more
        # than what is known, as what a process holds alone and shares is never less than its part of it.
        held = {known: sum(size for _, name, _, size in there if (APART in name) is known) for known in (False, True)}
        if held[False] > self.memory:
            self.memory = max(self.memory, sum(_proportional(pid) for pid, name, _, _ in there if APART not in name))
        if held[True] > self.apart:
            self.apart = max(self.apart, sum(_proportional(pid) for pid, name, _, _ in there if APART in name))


def run(command: Sequence[str], folder: Path, environment: dict[str, str], limit: float | None = None) -> Cost:
    """Run a command to its end. Raises CommandError where its exit status is not 0, or after `limit` seconds."""
    children, busy, began = _children(), _busy(), time.perf_counter()
    said = folder / ".said"
    with watched(command, folder, environment, said) as seen:
        try:
            seen.process.wait(limit)
        except subprocess.TimeoutExpired:
            raise CommandError(f"{' '.join(command)}: not finished after {limit:.0f} seconds") from None
        wall = time.perf_counter() - began
        busy = _busy() - busy
    if seen.process.returncode:
        raise CommandError(f"{' '.join(command)}: {end_of(said)}")
    said.unlink()
    # The kernel knows exactly what those took that were waited for; the looks know of all others, too.
    cpu = max(seen.cpu, _children() - children)
    return Cost(wall, cpu, seen.memory, seen.apart, max(0.0, busy - cpu))


@contextlib.contextmanager
def watched(command: Sequence[str], folder: Path, environment: dict[str, str], said: Path) -> Iterator[Watched]:
    """A command that runs meanwhile, is looked at all the time, and is ended with all that it started.

    What it says is written into the file `said`.
    """
    over = threading.Event()
    with said.open("w+b") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    seen = Watched(process)

    def look() -> None:
        pause = 0.0
        while not over.wait(pause):
            began = time.thread_time()
            seen.look()
            pause = max(EVERY, RARELY * (time.thread_time() - began))

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield seen
    finally:
        over.set()
        looking.join()
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all of its group: politely, and where that does not help, at once."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:  # there is none left
            break
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and any(True for _ in _session(process.pid)):
            process.poll()  # one that has ended is a process until somebody has asked for it
            time.sleep(0.05)
    process.wait()


def end_of(said: Path) -> str:
    """The end of what a command said."""
    return said.read_text(encoding="utf-8", errors="replace")[-2000:].strip()


def _session(session: int) -> Iterator[tuple[int, str, float, float]]:
    """The processes of a session: number, name, CPU seconds, and the MB that it holds alone or with others."""
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        try:
            name, _, rest = (folder / "stat").read_text().partition(" (")[2].rpartition(") ")
        except OSError:  # it has ended meanwhile
            continue
        fields = rest.split()
        if int(fields[3]) == session and fields[0] != "Z":
            cpu = (int(fields[11]) + int(fields[12])) / _TICK
            yield int(folder.name), name, cpu, int(fields[21]) * _PAGE / 1e6


def at_work_in(folder: Path) -> list[int]:
    """The processes whose working directory is a folder or in it."""
    found = []
    for process in Path("/proc").iterdir():
        with contextlib.suppress(OSError):  # it has ended meanwhile, or is somebody else's
            if process.name.isdecimal() and (process / "cwd").readlink().is_relative_to(folder):
                found.append(int(process.name))
    return sorted(found)


def _proportional(process: int) -> float:
    """The memory of a process in MB, what it shares with others divided among them; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("Pss:")), 0.0)


def _children() -> float:
    """The CPU seconds of all processes that this one has waited for, and those that they have waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _busy() -> float:
    """The seconds that the cores of this machine have been at work, whoever for."""
    user, nice, system, _, _, interrupts, soft, *_ = map(int, Path("/proc/stat").read_text().split()[1:10])
    return (user + nice + system + interrupts + soft) / _TICK


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


def differences(folder: Path, another: Path) -> list[str]:
    """The files that are not the same in two folders."""
    one, other = digests(folder), digests(another)
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
