"""The `guide` stage: where a dossier without problems is weak, and what would make it stronger.

A weakness is no fault: the site is built with it, and a curator may keep it, with a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dossier.guide.dates import day_of_the_week, reported_before_it_happened, words_after_the_date
from dossier.guide.entries import (
    no_position,
    overlapping_positions,
    uncited_event,
    undated_article,
    unsourced_article,
)
from dossier.guide.names import never_mentioned, often_named, unmatched_alias
from dossier.guide.silence import Silences, silences
from dossier.guide.weighed import Uncurated, Weakness, Weighed

__all__ = [
    "BY_ENTRIES",
    "BY_TEXTS",
    "Silences",
    "Uncurated",
    "Weakness",
    "Weighed",
    "guide",
    "name_of",
    "rules",
    "silences",
]

Rule = Callable[[Weighed], Iterator[Weakness]]

#: Rules that look at what the curator wrote and at what is known of each article: quick, whatever there is to read.
BY_ENTRIES: tuple[Rule, ...] = (
    uncited_event,
    undated_article,
    unsourced_article,
    no_position,
    overlapping_positions,
    day_of_the_week,
    reported_before_it_happened,
)
#: Rules that read every article.
BY_TEXTS: tuple[Rule, ...] = (
    never_mentioned,
    unmatched_alias,
    often_named,
    words_after_the_date,
)


def name_of(rule: Rule) -> str:
    """What a rule is called where it is reported and silenced.

    >>> name_of(uncited_event)
    'uncited-event'
    """
    return rule.__name__.replace("_", "-")


def rules() -> dict[str, str]:
    """Every rule's name and its sentence."""
    return {name_of(rule): (rule.__doc__ or "").strip() for rule in (*BY_ENTRIES, *BY_TEXTS)}


def guide(weighed: Weighed) -> tuple[Weakness, ...]:
    """What every rule finds, sorted; those that read the articles need its annotations."""
    read = BY_TEXTS if weighed.annotations is not None else ()
    return tuple(sorted({weakness for rule in (*BY_ENTRIES, *read) for weakness in rule(weighed)}))
