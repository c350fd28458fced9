"""Furniture: the lines of a page that are not part of the article, each kind told by a rule of its own.

A rule looks at one line (without its bullet) and says whether it is furniture of its kind. To add one:
write the function, add it to the list at the end of this file, and add a case to `tests/clean/cases`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

Rule = Callable[[str], bool]

#: A line longer than this is running text, whatever it begins with.
LONGEST = 240


#: Several rules ask one after the other for the same line in small letters.
_small = lru_cache(maxsize=16)(str.lower)


def _any(*forms: str) -> re.Pattern[str]:
    """A pattern of several forms, whatever the case."""
    return re.compile("|".join(forms), re.I)


_NUMBER = _any(
    r"[\W\d_]+",  # bullets, rules, counters, prices, scores
    r"(?:page |p\. ?)?\d+ (?:of|/) \d+|page \d+",
    r"[a-z]|\d+[km]",
    r"\d+ ?(?:min(?:ute)?s?)(?: read)?",
)


def number(text: str) -> bool:
    """A page number, a score, a counter or a bullet: nothing to read."""
    return len(text) <= 40 and bool(_NUMBER.fullmatch(text))


_SPONSOR = _any(
    r"[-*•–—\[( ]*(?:advertise?ments?|adverts?|ads?|advertising|sponsor(?:ed)?(?: (?:content|by|stories|links|post))?"
    r"|promoted(?: stories| content)?|paid (?:content|post|partner\w*)|from our (?:partners?|sponsors?)"
    r"|anzeige|werbung|publicité|publicidad|pubblicità|реклама)[-*•–—\]) ]*(?::.*|by .*)?",
    r"[-– ]*(?:continue reading|scroll|(?:story|article) continues)(?: the main story| below| down| after| for)?\b.*",
)
_COMMISSION = _any(r"\b(?:affiliate (?:links?|commission)|commission (?:on|from)|an? (?:\w+ )?commission)\b")


def sponsor(text: str) -> bool:
    """An advertisement, or the word that announces one."""
    return bool(_SPONSOR.fullmatch(text)) or ("ffiliate" in text and bool(_COMMISSION.search(text)))


_COOKIES = _any(
    r".*\b(?:we|our|accept|agree|use[sd]?|using|settings|preferences|policy|manage|continue|enable|turn on|disable)\b"
)
_BROWSER = _any(
    r".*\b(?:enable|turn on|activate|disable)\b.{0,25}\b(?:javascript|ad ?block)",
    r"(?:javascript|(?:your|this) browser) (?:is|does|has)",
)


def cookies(text: str) -> bool:
    """A notice about cookies, consent or the reader's browser."""
    low = _small(text)
    if "cookie" in low or "gdpr" in low:
        return bool(_COOKIES.match(text))
    return ("javascript" in low or "browser" in low or "block" in low) and bool(_BROWSER.match(text))


_COMMENTS = _any(
    r"\W*(?:\d+ )?(?:reader )?(?:comments?|responses?|replies|reply|discussion)\W*\d*\W*",
    r"(?:leave|post|add|write|submit) (?:a |your )?(?:reply|comment|response)\b.*",
    r"join the (?:discussion|conversation).*|(?:view|show|load|hide|read|see) (?:all )?(?:\d+ )?comments.*",
    r"comments? (?:are|section|policy|\(\d).*|conversation \(\d.*|\d+ thoughts? on .*|\d+ (?:responses?|replies) to .*",
    r"(?:what do you think|have your say)\W.{0,40}|your e-?mail address will not be published.*",
    r"(?:kommentare?|comentarios?|comentários?|commentaires?|commenti|reacties|комментарии)\W*\d*\W*",
    r"reply to .{1,40}|(?:log|sign) in to (?:reply|comment).*",
)
# "Anna K. says:" heads a comment; "The minister said:" leads to a quotation.
_READER = _any(r"(?:\S+ ){1,3}says:|.{2,60}\bon .{0,30}\d.{0,20} said:|.{0,60}\d.{0,20}[|•·] ?reply")


def comments(text: str) -> bool:
    """The heading of an area where readers comment, or the head of a comment."""
    if len(text) > 100:
        return False
    return bool(_COMMENTS.fullmatch(text)) or (text[-1] in ":yY" and bool(_READER.fullmatch(text)))


_SITES = (
    r"(?:facebook|twitter|x|whats ?app|linked ?in|pinterest|reddit|tumblr|telegram|e-?mail|flipboard|instagram"
    r"|you ?tube"
    r"|google(?: ?\+| ?plus)?|copy link|link|print|sms|messenger|stumbleupon|pocket|digg|mail|vk|line|skype|viber"
    r"|bluesky|threads|mastodon|snapchat|tik ?tok|rss|feed|comments?|more|share|tweet|pin|post|save)"
)
_SHARE = _any(
    rf"(?:click to )?(?:share|tweet|pin|post|save|send|print|like|follow)(?: (?:this|on|via|to|with|us|it|by"
    rf"|article|story"
    rf"|page|the|in a|an|a|your|friends?|options?|icon|new|window|link|now|{_SITES}))*[:.!]?",
    rf"{_SITES}(?:[ ,|/•·:+-]{{1,3}}(?:(?:on|via|share) )?{_SITES})*[:.]?",
    r"\d[\d.,]*[km]?\+? (?:shares?|likes?|tweets?|comments?|views?|reactions?|retweets?|replies)(?: .{0,20})?",
    r"(?:shares?|views?|likes?|comments?)\W{0,3}\d[\d.,]*[km]?",
    r"(?:no|be the first to|start (?:a|the)) (?:comments?|conversation)(?: .{0,15})?",
    r"(?:copy|copied)(?: link| url| to clipboard)+.{0,20}|link copied.{0,20}",
    r"shared?|sharing|tweet(?: this| widget)?|reblog|bookmark(?: this)?|social sharing"
    r"|\(?opens? in (?:a )?new (?:tab|window)\)?",
    r"(?:like|enjoy(?:ed)?) this (?:story|article)\?.*",
)


def share(text: str) -> bool:
    """A bar of buttons to share, like or print."""
    return len(text) <= 120 and bool(_SHARE.fullmatch(text))


_MARKER = _any(
    r"(?:next|prev(?:ious)?)(?:img|image|slide|photo|figure)\s?:\s?.*|img\s?:\s?.*",
    r"!\[.*|\[(?:image|img|photo|video|embed|gallery|audio|tweet|figure)\b.*\]",
    r"(?:url: ?)?https?://\S+|\S+\.(?:jpe?g|png|gif|webp)|pic\.twitter\.com/\S+",
)


def marker(text: str) -> bool:
    """A mark that a scraper left for a picture, a video or an address."""
    return bool(_MARKER.fullmatch(text))


_NAVIGATION = _any(
    r"(?:skip to|jump to|go to|back to|return to|toggle|expand|collapse|click to) .{0,40}",
    r"(?:main |primary |site |mobile |top |toggle |open |close |show |hide )*(?:menu|navigation|nav|search"
    r"|sidebar)(?: .{0,15})?",
    r"home(?: ?page)?|back|next|previous|prev|more|top|close|cancel|submit|ok|help|faqs?|play|pause|mute|loading\W*",
    r"sections?|about(?: us)?|contact(?: us)?|careers|log ?(?:in|out)|register|my account|profile|settings"
    r"|site ?map|shop",
    r"videos?|photos|podcasts?|newsletters?|events|subscribe|donate|advertise(?: with us)?|follow(?:ing)?"
    r"|fullscreen|edition.{0,30}",
    r"search.{0,25}|print(?: this)?|rss(?: feeds?)?|read more|learn more|show less|breadcrumbs?|you are here.*",
    r"topics?:?.{0,40}|tags?:?(?: .*)?|filed under:?.*|categor(?:y|ies):?.{0,60}|posted in:?.{0,60}|(?:keywords?"
    r"|labels?):.{0,150}",
    r"\S+( [>›»/|] \S+)+",
)


def navigation(text: str) -> bool:
    """A menu, a breadcrumb, a button or a list of tags."""
    return len(text) <= 160 and bool(_NAVIGATION.fullmatch(text))


_LEGAL = _any(
    r"all rights reserved|terms (?:of|and|&) (?:use|service|conditions)|privacy (?:policy|notice|statement|settings)",
    r"do not sell my|not be (?:published|reproduced|republished)|copyright\s*(?:©|\(c\)|\d{4})"
    r"|©\s*(?:copyright\s*)?\d{4}",
    r"^powered by \w+$|recaptcha",
)


def legal(text: str) -> bool:
    """A notice of copyright, terms of use or privacy."""
    low = _small(text)
    hint = "all right" in low or "copyright" in low or "©" in low or "terms " in low or "privacy" in low
    hint = hint or "not be " in low or "sell my" in low or "powered" in low or "recaptcha" in low
    return hint and bool(_LEGAL.search(text))


_CAPTION = _any(
    r"(?:photo(?:graph)?|image|picture|pic|video|file photo|handout|illustration|graphic|credit|bild|foto"
    r"|source image)s?"
    r"\s*(?:credits?|by|source|courtesy|copyright)?\s*[:|/©–—-]",
    r"(?:photo|image|photograph|picture|illustration|video|screenshot|screengrab)s? (?:by|credits?|via|courtesy"
    r"|copyright|caption|©)\b",
    r"above:|pictured(?: above| here)?:",
    r"(?:\(|\[)(?:photo|image|ap photo|file|picture|illustration|credit"
    r"|video)\b.*(?:\)|\])$",
    r"©|\(c\) |(?:image|caption|file photo)$|enlarge(?: this image)?|hide caption|toggle caption|media caption",
    r"view (?:gallery|image|photo)|play video|image (?:copyright|caption)",
)
_AGENCIES = (
    r"getty(?: images)?|ap(?: photo| images| file)?|afp|reuters|epa|shutterstock|i ?stock(?:photo)?|alamy|flickr"
    r"|bloomberg"
    r"|associated press|upi|wire ?image|twitter|instagram|facebook|youtube|file|pool|usa today sports|unsplash|pixabay"
    r"|pexels|wikimedia"
)
_CREDIT = _any(
    rf"(?:[/(|©]|\bby |\bvia )\s*(?:{_AGENCIES})\b[^.!?]{{0,30}}\.?$",
    r"\((?:(?:file )?photos?|images?|pictures?|credits?|screenshot)(?: by| courtesy)?\b[^.]{0,40}\)$",
    r"\b(?:photo|image|picture)? ?credits?: [^.]{2,40}\.?$",
)


def caption(text: str) -> bool:
    """A caption or a credit of a picture or video."""
    if _CAPTION.match(text):
        return True
    end = text[-70:]
    hint = "/" in end or "(" in end or "|" in end or "©" in end or "redit" in end or " via " in end or " by " in end
    return hint and len(text) <= 200 and bool(_CREDIT.search(end))


_RELATED = _any(
    r"\W*(?:related|see also|also (?:read|see|on|watch)|recommended|trending|popular|further reading|explore more"
    r"|keep reading"
    r"|read (?:more|next|also|the (?:full|rest|original))|more (?:on|from|in|about|stories|coverage|news|like this"
    r"|to (?:read|explore|come))"
    r"|most (?:read|popular|viewed|shared|commented|recent)|you (?:may|might|will|'ll|’ll) (?:also )?(?:like|enjoy"
    r"|be interested|want|love)"
    r"|up next|next (?:up|article|story|post|in)|previous (?:article|story|post)|don['’]t miss|must[- ]reads?"
    r"|must see|what to read next"
    r"|editors?['’]?s? (?:picks?|choice)|latest(?: (?:news|stories|on|in|from|headlines))?|top (?:stories|news"
    r"|posts)|in case you missed"
    r"|suggested (?:reading|stories)|around the web|from (?:around )?the web|today['’]s (?:top|picks)"
    r"|featured(?: (?:stories|articles|posts|video))?"
    r"|similar (?:stories|articles|posts|to)|watch(?: (?:now|more|next|live|the video|this))?|recent (?:posts"
    r"|stories|articles|news|comments)"
    r"|other (?:stories|news|articles)|click here|view (?:more|all|gallery|slideshow|photos?)|see (?:more|all)"
    r"|show more|load more|read|listen"
    r"|lesen sie (?:auch|mehr)|mehr zum thema|(?:à )?lire aussi|leer también|leia (?:também|mais)|leggi anche"
    r"|lees ook|читайте также)\b"
)
_POINTER = _any(
    r"[^\w“\"‘']*(?:related|see (?:also|more)|also(?: read| on)?|read (?:more|next|also)|more (?:on|from|in|about"
    r"|stories"
    r"|coverage|news)|recommended"
    r"|trending|up next|don['’]t miss|must[- ]reads?|editors?['’]?s? picks?|watch|read|listen|video|photos?"
    r"|gallery|latest|on \S+\.com"
    r"|lesen sie (?:auch|mehr)|(?:à )?lire aussi|leer también|leia (?:também|mais)|leggi anche|lees ook"
    r"|читайте также)\b[^:.]{0,30}(?::|»|>|\|).*"
)


def related(text: str) -> bool:
    """The heading of a list of links to other articles, or a link to such a list."""
    return text.count(" ") <= 6 and text[-1:] not in '.!?”"' and bool(_RELATED.match(text))


def read_next(text: str) -> bool:
    """A link to another article, between two paragraphs: "Read more: …"."""
    return (":" in text or "|" in text or ">" in text or "»" in text) and bool(_POINTER.fullmatch(text))


_PLEA = _any(
    r".*\b(?:subscribe|sign ?up|register|newsletters?|log ?in|sign in|donate|become an? (?:member|subscriber"
    r"|patron|supporter)"
    r"|free trial|subscriptions?|inbox|e-?mail address|paywall|subscribers? only|for subscribers|download"
    r"|get (?:the|our|access)|(?:our"
    r"|the) (?:\w+ )?app)\b",
    r"(?:support|help) (?:us|our|independent|quality|local|the|journalism)\b.*\b(?:journalism|today|work|donat\w+"
    r"|reporting)\b",
    r"(?:get|receive|want|never miss|stay|don['’]t miss)\b.*\b(?:delivered|alerts?|updates|headlines|stories"
    r"|informed|connected|app)\b",
    r"(?:please )?(?:follow|like|join|find|check out|connect with) (?:us|me|him|her|@?\w+|our"
    r"|the author)\b.{0,60}\b(?:on|at)\b.{0,25}"
    r"(?:twitter|facebook|instagram|youtube|telegram|whatsapp|linkedin|snapchat|pinterest|social|tiktok)",
    r".*\b(?:on|via) (?:twitter|facebook|instagram)(?: and| or|,| &)+ (?:twitter|facebook|instagram)",
    r"(?:follow|like) (?:us|me|him|her|@\w+)\b|(?:abonnieren|abonnez|suscríbete|inscreva|iscriviti|подпис\w+)\b",
)
_PLEADING = _any(
    r"\b(?:subscribe|sign ?up|register|log ?in|sign in|donate|become|newsletters?|get|enter|follow|like|join"
    r"|support|download|receive"
    r"|start|want|need|never|stay|don['’]t|help|click|please|your|our|us|abonn\w+|suscr\w+|inscr\w+|iscr\w+"
    r"|подпис\w+)\b"
)
_OFFER = re.compile(
    "[Ss]ubscri|SUBSCRI|[Nn]ewsl|NEWSL|[Ii]nbox|[Ll]og ?[Ii]n|LOG|[Ss]ign|SIGN|[Mm]ail|[Pp]aywall|[Oo]n "
)


def subscription(text: str) -> bool:
    """A plea to subscribe, sign up, follow, donate or install an app."""
    if len(text) > 200 or text[0] in '“"‘':
        return False
    if not _PLEADING.match(text) and (text.count(" ") > 5 or not _OFFER.search(text)):
        return False
    return bool(_PLEA.match(text))


_LABELLED = _any(
    r"(?:this (?:story|article|post) (?:is|was) )?(?:last |latest |first )?"
    r"(?:updated?|modified|edited|published|posted|created|date|time)\b\W{0,4}(?:on|at)?\W{0,3}"
    r"(?:\d|(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b\W{0,2}\w+).*\d.*"
)
_DIGIT = re.compile("[0-9]")
_CLOCK = _any(
    r"(?:\W|\d|\b(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b"
    r"|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b"
    r"|(?:st|nd|rd|th|am|pm|a\.m|p\.m|at|on|gmt|utc|[ecmp][ds]?t|bst|ist|cet|t|z)\b)+"
)
_AGO = _any(
    r"(?:(?:about |over |updated |published |posted )?(?:\d+|an?|one|two|three)"
    r" (?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?) ago|yesterday|today|just now)\W*.{0,25}"
)


def time_line(text: str) -> bool:
    """A line that only tells when something was posted or updated."""
    if len(text) > 100:
        return False
    if _DIGIT.search(text) and (_LABELLED.fullmatch(text) or _CLOCK.fullmatch(text)):
        return True
    return bool(_AGO.fullmatch(text))


_BYLINE = _any(
    r"(?:(?:(?:story|words|text|report|article|written|posted|reported|published|photos?|photography|compiled"
    r"|edited|reviewed"
    r"|produced)\s+)?by|von|par|por|door)[:\s]\s*"
    r"(?!the\b|a\b|an\b|this\b|then\b|now\b|his\b|her\b|their\b)\W*\w+.*",
    r"(?:authors?|reporter|writer|correspondent|contributors?|editor)\s*:\s*\S.*|(?:written )?by:?",
)
_LED_BY = re.compile(r"^\W*\w+[:\s]*")


def byline(text: str) -> bool:
    """A line that names who wrote the article."""
    if (
        len(text) > 120
        or text[-1:] in "?!"
        or (text[-1:] == "." and text.count(" ") > 5)
        or not _BYLINE.fullmatch(text)
    ):
        return False
    words = _LED_BY.sub("", text).split()
    named = sum(word[:1].isupper() or not word[:1].isalpha() for word in words)
    return not words or named >= 0.6 * len(words) or ":" in text


_PLACE = re.compile(r"[|•· ]*[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}, ?(?:[A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)[|•· ]*")


def location(text: str) -> bool:
    """A place alone on its line, as a page header prints where its reader is."""
    return len(text) <= 40 and bool(_PLACE.fullmatch(text))


_WORKED_ON_IT = _any(
    r"\W*(?:(?:additional |further )?(?:reporting|writing)|editing|edited|compiled) by .*",
    r".*\bcontributed (?:reporting|to (?:this|the) (?:report|story|article|piece))\b.*",
    r"(?:this (?:story|article|report) (?:was|has been) )(?:originally |first )?(?:published|updated|corrected"
    r"|edited|republished)\b.*",
)


def credits_line(text: str) -> bool:
    """A line that names who else worked on the article, or where it first stood."""
    low = _small(text)
    hint = "ing by " in low or "ed by " in low or "contributed " in low or low.startswith("this ")
    return hint and bool(_WORKED_ON_IT.fullmatch(text))


#: Rules for any line, the first that says yes giving its name.
FURNITURE: tuple[tuple[str, Rule], ...] = (
    ("number", number),
    ("sponsor", sponsor),
    ("cookies", cookies),
    ("comments", comments),
    ("share", share),
    ("marker", marker),
    ("navigation", navigation),
    ("legal", legal),
    ("caption", caption),
    ("read-next", read_next),
    ("related", related),
    ("subscription", subscription),
    ("time", time_line),
    ("byline", byline),
    ("location", location),
    ("credits", credits_line),
)

#: Rules that are sure enough to take a line out of the middle of an article that the markup marks as such.
BETWEEN = frozenset({"sponsor", "cookies", "comments", "share", "navigation", "read-next", "related", "subscription"})

BULLETS = "*+•·▪‣»>-"


def unbulleted(text: str) -> str:
    """A line without the bullet that it begins with, unless it is all bullet.

    >>> unbulleted("* News"), unbulleted("--")
    ('News', '--')
    """
    if text[0] in BULLETS:
        return text.lstrip(BULLETS + " ") or text
    return text[2:] if text.startswith("o ") else text


@lru_cache(maxsize=65536)  # menus repeat within a page and from page to page
def rule_of(text: str) -> str | None:
    """The name of the first rule that takes a line for furniture, or None.

    >>> rule_of("Sponsor: QWIKET"), rule_of("The sponsor of the bill said he would not withdraw it.")
    ('sponsor', None)
    """
    if len(text) > LONGEST:
        return None
    text = unbulleted(text)
    for name, rule in FURNITURE:
        if rule(text):
            return name
    return None
