"""A page on its way from composition to layout: as bytes, which can be sent to other processes."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass, replace

from dossier.parts import View
from dossier.work import digest


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is told of a page elsewhere, and its view as bytes, which are made when they are asked for.

    `digest` is that of the bytes.
    """

    told: View
    digest: bytes
    view: Callable[[], bytes]


def sheet(view: View) -> Sheet:
    """A view as it is sent."""
    sent = pickle.dumps(view)
    return Sheet(told(view), digest(sent), lambda: sent)


def told(view: View) -> View:
    """What is told of a page elsewhere: all but what the page shows."""
    return replace(view, data=None, linked_data={}, facets=())
