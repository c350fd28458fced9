"""What a curator does not want to be told again, and why: the option `silence` of `mkdocs.yml`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from dossier.guide.weighed import Weakness
from dossier.schema import did_you_mean


@dataclass(frozen=True, slots=True)
class Silences:
    """Reasons by rule, and by rule and what it is about: `never-mentioned`, `never-mentioned people/jane-roe`."""

    reasons: Mapping[str, str]

    def reason(self, weakness: Weakness) -> str | None:
        """Why a weakness is kept; None where it is to be told."""
        rule = weakness.problem.rule
        return self.reasons.get(f"{rule} {weakness.about}") or self.reasons.get(rule)

    def told(self, found: Iterable[Weakness]) -> tuple[Weakness, ...]:
        """What is left to tell."""
        return tuple(weakness for weakness in found if self.reason(weakness) is None)


def silences(option: object, known: Collection[str]) -> tuple[Silences, list[tuple[str, str]]]:
    """Read the option: a reason for each rule, or rule and entry, that is to be silent.

    `known` are the names of the rules. What is wrong is returned beside it: the key it stands at (empty:
    the option as a whole), and a message.
    """
    if not isinstance(option, Mapping):
        return Silences({}), [("", 'rules and reasons are needed here; write {never-mentioned: "why"}')]
    return Silences(_reasons(option, known)), [*_faults(option, known)]


def _reasons(option: Mapping[object, object], known: Collection[str]) -> dict[str, str]:
    wanted = {" ".join(str(key).split()): reason for key, reason in option.items()}
    return {key: str(reason) for key, reason in wanted.items() if key.partition(" ")[0] in known and _says(reason)}


def _faults(option: Mapping[object, object], known: Collection[str]) -> Iterator[tuple[str, str]]:
    for key, reason in option.items():
        rule = str(key).strip().partition(" ")[0]
        if rule not in known:
            near = did_you_mean(rule, known) or f"; write one of {', '.join(known)}"
            yield str(key), f"there is no rule {rule!r}{near}"
        elif not _says(reason):
            yield str(key), f"{key} is silenced without a reason; write {key}: why it is kept"


def _says(reason: object) -> bool:
    return isinstance(reason, (str, int, float)) and not isinstance(reason, bool) and bool(str(reason).strip())
