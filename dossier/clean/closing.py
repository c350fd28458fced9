"""What stands below an article: notes on its author and invitations to write or subscribe.

The rules look at the last lines of a body only: higher up, the same words are part of the story.
"""

from __future__ import annotations

import re

from dossier.clean.furniture import Rule, rule_of

_POSTS = (
    r"(?:writer|reporter|editor|correspondent|columnist|journalist|contributor|author|freelance\w*|producer"
    r"|blogger|professor"
    r"|fellow|analyst|director|founder)"
)
_BIOGRAPHY = re.compile(
    rf"(?:[A-Z][\w.'’-]+ ){{2,4}}(?:\(\S+\) )?(?:is|was|writes|covers)\b.{{0,80}}\b{_POSTS}\b.*"
    rf"|(?:[Ee]-?mail|[Cc]ontact|[Rr]each|[Ff]ollow|[Ww]rite to) (?:the (?:author|writer|reporter)|him|her|them|me"
    rf"|(?:[A-Z]\w+ ?){{1,3}}) (?:at|on|via|@)\b.*"
    r"|(?:About|Über|Sobre|À propos de) (?:the [Aa]uthors?|[A-Z]\w+(?: [A-Z]\w+){1,2})"
)
_INVITATION = re.compile(
    r"(?:Have (?:a|any) (?:tip|story|question|news|comment|thought)s?\b|(?:Got|Do you have) (?:a|any|something)\b"
    r"|Send (?:us|your|tips|an e?mail)\b"
    r"|(?:Like|Love|Enjoy) this\b|Note:|Editor[’']s note|Our [Ss]tandards|As you comment|We (?:want|welcome"
    r"|would love) to hear|Click here)"
    r".*|.*\b(?:follow (?:him|her|us|me|them) (?:on|@)|may be reached at|can be reached at|your inbox"
    r"|our newsletters?|@\w+\.(?:com|org|net)\b).*"
)


def biography(text: str) -> bool:
    """A note about the author, or how to reach them."""
    return len(text) <= 500 and bool(_BIOGRAPHY.fullmatch(text))


def invitation(text: str) -> bool:
    """An invitation to write, comment or subscribe, or a note of the desk, below an article."""
    return len(text) <= 400 and bool(_INVITATION.fullmatch(text))


#: The rules, the first that says yes giving its name; a new one needs a case in `tests/clean/cases`, too.
CLOSING: tuple[tuple[str, Rule], ...] = (
    ("biography", biography),
    ("invitation", invitation),
)


def closing_rule_of(text: str) -> str | None:
    """The name of the rule that takes a line below an article for furniture, or None."""
    return rule_of(text) or next((name for name, rule in CLOSING if rule(text)), None)
