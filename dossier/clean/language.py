"""Which language a text is in, told by its commonest small words."""

from __future__ import annotations

import re
from collections import Counter
from itertools import filterfalse

# The words that make up a quarter of any running text; those that several languages share are left out
# where they would tip the balance, so that each list says one language.
_WORDS = {
    "en": "the of and to in that is was for it with as his on be at by had not are but from or have an they which",
    "de": "der die und den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus",
    "fr": "le la les de des et à en un une du dans que pour qui sur pas par au avec est il ce plus sont cette",
    "es": "el la los las de y en que un una del por con para se no su al es lo como más pero sus ha este",
    "it": "il la di e che è per un una in del della con non sono le si da dei al nel gli come più ha alla",
    "pt": "o a os as de e que do da em um uma para com não por dos das no na se ao mais foi como pelo são",
    "nl": "de het een en van in is dat op te zijn met voor niet aan er om ook als bij door naar hij uit",
    "pl": "w i na z się do nie że to jest o jak za po od przez przy dla oraz był który są tym ale",
    "sv": "och att det i en som på är av för med den till inte om ett har de var sig från vi så men",
    "tr": "ve bir bu da de için ile çok daha olarak gibi sonra kadar olan her ama değil ne en ise oldu dedi",
    "ru": "и в не на что с по как это он из за к о но у его для от также которые был было при",
    "uk": "і в не на що з та до у як це за про для від його але є також які був було при щоб",
    "ar": "في من على إلى أن عن التي الذي هذا هذه مع كان ما لا بعد قال بين كما قد أو وقال",
}
_LANGUAGES_OF: dict[str, list[str]] = {}
for _language, _few in _WORDS.items():
    for _word in dict.fromkeys(_few.split()):
        _LANGUAGES_OF.setdefault(_word, []).append(_language)
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("fa", re.compile("[\u067e\u0686\u0698\u06af]")),
)
_ANY_SCRIPT = re.compile(
    "[\u0370-\u03ff\u05d0-\u05ea\u067e-\u06af\u0900-\u097f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]"
)
_SAMPLE = 2000


def detect(text: str) -> str | None:
    """The language code of a text, or None where the evidence is thin.

    >>> detect("The minister said that the talks with his counterpart were useful, and left for the airport.")
    'en'
    >>> detect("Remer,MN") is None
    True
    """
    sample = text[:_SAMPLE]
    if not sample.isascii() and _ANY_SCRIPT.search(sample) and (written := _by_script(sample)):
        return written
    said = sample.lower().split()
    words = Counter(filter(str.isalpha, said))  # most are: to match the rest alone takes half of the time
    words.update(_WORD.findall(" ".join(filterfalse(str.isalpha, said))))
    hits = dict.fromkeys(_WORDS, 0)
    for word in words.keys() & _LANGUAGES_OF.keys():
        for language in _LANGUAGES_OF[word]:
            hits[language] += words[word]
    total = words.total()
    (best, first), (_, second) = sorted(hits.items(), key=lambda item: -item[1])[:2]
    thin = first < 4 or first < 0.12 * total or first < 1.2 * second
    return None if thin else best


def _by_script(sample: str) -> str | None:
    """The language whose own script a good part of a text is in."""
    letters = sum(map(str.isalpha, sample))
    for language, script in _SCRIPTS:
        share = len(script.findall(sample)) / (letters or 1)
        if share > (0.02 if language == "fa" else 0.2 if language != "ja" else 0.1) and letters >= 20:
            return language
    return None
