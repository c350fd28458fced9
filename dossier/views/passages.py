"""Passages of the articles, as the pages of entries show them: in context, quoted, cited."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from dossier.model import Ref
from dossier.parts import Cited, Context, Coverage, Dispute, Inline, Marked, Quote, Reported, Voice, Words
from dossier.schema import Citation, Claim, Evidence
from dossier.views.corpus import Corpus, excerpt
from dossier.views.readings import Sighting, Telling, Utterance
from dossier.views.sentence import sentences, shorten

#: How many articles the page of an entry lists; where there are more, all have pages of their own (see archive).
ARTICLES_SHOWN = 40
CONTEXTS_SHOWN = 6
#: An article and the places in it that name an entry.
Group = tuple[Ref, Sequence[Sighting]]
WHOLE = 5  # words from which a quotation says something by itself


def coverage(corpus: Corpus, named: Sequence[Group]) -> tuple[Coverage, ...]:
    """The first of the articles that name an entry, each with the sentences that do."""
    return tuple(_cover(corpus, article, group) for article, group in named[:ARTICLES_SHOWN])


def naming(corpus: Corpus, ref: Ref) -> Sequence[Group]:
    """The articles that name an entry, the latest first, each with the places."""
    found = groupby(corpus.sightings.get(ref, ()), key=lambda sighting: sighting.article.ref)
    return [(article, list(group)) for article, group in found][::-1]


def _cover(corpus: Corpus, ref: Ref, group: Sequence[Sighting]) -> Coverage:
    """An article with the first sentences that name an entry, and how many more do."""
    article = corpus.reading_of[ref].article
    found = tuple(contexts(corpus, group))
    more = max(0, len(found) - CONTEXTS_SHOWN)
    shown = found[:CONTEXTS_SHOWN]
    return Coverage(corpus.page(ref), corpus.source(article), article.date, shown, len(group), more)


def contexts(corpus: Corpus, group: Sequence[Sighting]) -> Iterator[Context]:
    """A context for each sentence of an article that names the entry; none where the rights forbid it."""
    for _, found in groupby(group, key=lambda s: s.paragraph.n):
        sightings = list(found)
        paragraph, article = sightings[0].paragraph, sightings[0].article
        if not corpus.may_show(article, paragraph):
            continue
        text = article.words_of(paragraph)
        places = [s.mention.start - paragraph.start for s in sightings]  # in order
        for start, end in sentences(text):
            marks = [
                (s.mention.start - paragraph.start - start, s.mention.end - paragraph.start - start)
                for s in sightings[bisect_left(places, start) : bisect_left(places, end)]
            ]
            if marks:
                yield Context(_marked(text[start:end], marks), corpus.paragraph_link(article, paragraph))


def _marked(sentence: str, marks: Sequence[tuple[int, int]]) -> Words:
    """A sentence with the names marked, cut to a readable length around the first.

    >>> _marked("He met Qin.", [(7, 10)])
    ('He met ', Marked(text='Qin'), '.')
    """
    low, high = shorten(sentence, *marks[0])
    words: list[Inline] = ["… "] if low else []
    place = low
    for start, end in marks:
        if start >= place and end <= high:
            words += [sentence[place:start], Marked(sentence[start:end])]
            place = end
    words.append(sentence[place:high])
    if high < len(sentence):
        words.append(" …")
    return tuple(word for word in words if word != "")


def quotes(corpus: Corpus, utterances: Iterable[Utterance]) -> tuple[Quote, ...]:
    """Quotations whose words may be shown, in the order given."""
    return tuple(
        Quote(
            utterance.quotation.text.removesuffix(","),
            speaker(corpus, utterance),
            speaker_ref(corpus, utterance),
            corpus.paragraph_link(utterance.article, utterance.paragraph),
            corpus.source(utterance.article),
            utterance.article.date,
            tuple(map(corpus.page, corpus.topics_of(utterance.article.ref, utterance.paragraph.n))),
        )
        for utterance in utterances
        if corpus.may_show(utterance.article, utterance.paragraph)
    )


def latest_first(utterances: Sequence[Utterance]) -> list[Utterance]:
    """Quotations with those of the latest article first, each article's in order, repetitions left out.

    Those of articles without a date come last. Of words that an article repeats the last stands: a
    crosshead comes before them.
    """
    articles: dict[Ref, dict[str, Utterance]] = {}
    undated: dict[Ref, dict[str, Utterance]] = {}
    for utterance in utterances:
        words = "".join(filter(str.isalnum, utterance.quotation.text.casefold()))
        said = (articles if utterance.article.date else undated).setdefault(utterance.article.ref, {})
        said.pop(words, None)
        said[words] = utterance
    ordered = (*reversed(articles.values()), *undated.values())
    return [utterance for said in ordered for utterance in said.values()]


def fragments(given: Sequence[Quote]) -> tuple[tuple[Quote, ...], tuple[Quote, ...]]:
    """Quotations that say something by themselves, and those of a few words only."""
    whole = tuple(quote for quote in given if len(quote.words.split()) >= WHOLE)
    return whole, tuple(quote for quote in given if len(quote.words.split()) < WHOLE)


def voices(said: Iterable[Quote]) -> tuple[Voice, ...]:
    """Quotations by speaker, in the order in which each first speaks; those of nobody known come last."""
    by: dict[tuple[Inline, Ref | None], list[Quote]] = {}
    for quote in said:
        by.setdefault((quote.speaker, quote.speaker_ref), []).append(quote)
    found = [Voice(who, ref, tuple(quotes)) for (who, ref), quotes in by.items()]
    return tuple(sorted(found, key=lambda voice: not voice.who))


def said_about(corpus: Corpus) -> dict[Ref, list[Utterance]]:
    """The quotations that stand in paragraphs about each topic, in order."""
    found: dict[Ref, list[Utterance]] = {}
    for utterance in corpus.utterances:
        for topic in corpus.topics_of(utterance.article.ref, utterance.paragraph.n):
            found.setdefault(topic, []).append(utterance)
    return found


def reported(corpus: Corpus, tellings: Sequence[Telling]) -> tuple[Reported, ...]:
    """Indirect statements that may be shown, those of the latest article first, each article's in order."""
    articles: dict[Ref, list[Telling]] = {}
    for telling in tellings:
        articles.setdefault(telling.article.ref, []).append(telling)
    return tuple(
        _reported(corpus, telling)
        for told in reversed(articles.values())
        for telling in told
        if corpus.may_show(telling.article, telling.paragraph)
    )


def _reported(corpus: Corpus, telling: Telling) -> Reported:
    statement = telling.statement
    return Reported(
        statement.cue,
        statement.text,
        statement.rule.startswith("tag-") or statement.rule == "according-last",
        (corpus.link(statement.speaker) or "") if statement.speaker else statement.speaker_name,
        statement.speaker,
        corpus.paragraph_link(telling.article, telling.paragraph),
        corpus.source(telling.article),
        telling.article.date,
    )


def speaker_ref(corpus: Corpus, utterance: Utterance) -> Ref | None:
    """The entry of who said it, unless it is withheld."""
    ref = utterance.quotation.speaker
    return ref if ref in corpus.entries else None


def speaker(corpus: Corpus, utterance: Utterance) -> Inline:
    """Who said it: a link, the bare name of someone without an entry, or nothing."""
    quotation = utterance.quotation
    if quotation.speaker is not None:
        return corpus.link(quotation.speaker) or ""
    return quotation.speaker_name or ""


def cited(corpus: Corpus, citation: Citation) -> Cited | None:
    """A citation with the place of its words; None where the article is withheld."""
    reading = corpus.reading_of.get(citation.article)
    if reading is None:
        return None
    place = corpus.find(citation.article, citation.quote)
    return Cited(
        corpus.page(citation.article),
        corpus.source(reading.article),
        reading.article.date,
        corpus.paragraph_link(reading.article, place),
        quote=citation.quote or "",
        note=citation.note or "",
    )


def citations(corpus: Corpus, given: Iterable[Citation]) -> tuple[Cited, ...]:
    """The citations of articles that are not withheld."""
    return tuple(found for citation in given if (found := cited(corpus, citation)))


def heard(corpus: Corpus, speaker: Ref | None) -> bool:
    """Whether what somebody said may be shown: nobody in particular, or one who is not withheld."""
    return speaker is None or speaker in corpus.entries


def evidence(corpus: Corpus, item: Evidence) -> Cited | None:
    """Evidence for or against a claim; None where its article or its speaker is withheld."""
    if not heard(corpus, item.speaker):
        return None
    who = (corpus.link(item.speaker) or "") if item.speaker else ""
    if item.article is None:
        return Cited(None, "", None, None, item.quote or "", stance=item.stance, speaker=who, says=item.says or "")
    reading = corpus.reading_of.get(item.article)
    if reading is None:
        return None
    place = corpus.paragraph_link(reading.article, corpus.find(item.article, item.quote))
    source = corpus.source(reading.article)
    return Cited(
        corpus.page(item.article),
        source,
        reading.article.date,
        replace(place, quoted=excerpt(item.quote)) if item.says and item.quote else place,
        quote=item.quote or "",
        stance=item.stance,
        speaker="" if who == source else who,  # where the source itself speaks, it is named once
        speaker_ref=item.speaker,
        says=item.says or "",
    )


def dispute(corpus: Corpus, ref: Ref) -> Dispute:
    """A claim with what stands for and against it."""
    claim = corpus.entries[ref]
    if not isinstance(claim, Claim):
        raise KeyError(ref)
    found = [e for item in claim.evidence if (e := evidence(corpus, item))]
    return Dispute(
        corpus.page(ref),
        claim.statement or claim.name,
        tuple(e for e in found if e.stance == "supports"),
        tuple(e for e in found if e.stance == "disputes"),
        tuple(e for e in found if e.stance == "unclear"),
        claim.assessment or "",
        claim.likelihood or "",
        claim.confidence or "",
    )
