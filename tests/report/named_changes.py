"""What a change of the data changes in a report, by its manifests alone: before it, and before against after."""

import re
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Resting:
    """What rests on the thing that changes: ids."""

    values: set = field(default_factory=set)
    figures: set = field(default_factory=set)
    tables: set = field(default_factory=set)


@dataclass
class Named:
    """What the manifests name as changed in one language; `sentences` are (place, old, new), `printed` the values
    whose words in them differ."""

    sentences: list = field(default_factory=list)
    printed: set = field(default_factory=set)
    values: set = field(default_factory=set)
    figures: set = field(default_factory=set)
    tables: set = field(default_factory=set)


def resting(manifests, of_input, of_group):
    """What rests, by any of the manifests, on inputs that `of_input` picks; figures and tables list groups of them."""
    found = Resting()
    for manifest in manifests:
        found.values |= {value["id"] for value in manifest["values"] if any(map(of_input, value["inputs"]))}
        found.figures |= {item["id"] for item in manifest["figures"] if any(map(of_group, item["rests_on"]))}
        found.tables |= {item["id"] for item in manifest["tables"] if any(map(of_group, item["rests_on"]))}
    return found


def named(before, after, language):
    """What two manifests name as changed in `language`."""
    sentences, printed = _sentences(before, after, language)
    titled = {place for place, _, _ in sentences}
    pictures = _digests(before).items() ^ _digests(after).items()
    pictures = {path for path, _ in pictures}
    figures = {item["id"] for item in before["figures"]
               if f"{language}/figures/{item['id']}.svg" in pictures or item["id"] in titled}
    tables = {item["id"] for item in before["tables"] if item["id"] in titled}
    return Named(sentences, printed, _values(before, after, language), figures, tables)


def _sentences(before, after, language):
    """(place, old, new) of each sentence or row that reads otherwise, and the names of the values that made it so."""
    old, new = (_by_place(manifest, language) for manifest in (before, after))
    assert old.keys() == new.keys(), "a sentence came or went"
    unlike = [key for key in old if old[key]["sentence"] != new[key]["sentence"]]
    printed = {name for key in unlike for (name, was), (_, now) in zip(
        old[key]["values"], new[key]["values"], strict=True) if was != now}
    return [(key[1], old[key]["sentence"], new[key]["sentence"]) for key in unlike], printed


def _by_place(manifest, language):
    """The sentences of a language, by section, place, the values they print, and the how-manieth of these."""
    seen, found = Counter(), {}
    for item in manifest["sentences"]:
        if item["language"] == language:
            key = (item["section"], item["place"], tuple(name for name, _ in item["values"]))
            found[(*key, seen[key])] = item
            seen[key] += 1
    return found


def _values(before, after, language):
    rows = [{value["id"]: (value["shown"].get(language), value["value"], value["unit"], value["inputs"])
             for value in manifest["values"]} for manifest in (before, after)]
    assert rows[0].keys() == rows[1].keys(), "a value came or went"
    return {name for name, row in rows[0].items() if row != rows[1][name]}


def _digests(manifest):
    return {item["path"]: item["sha256"] for item in manifest["files"]}


def number_id(name):
    """The id of the card of the value `name`, as in steel.num.output_peak."""
    chapter, _, value = name.partition(".")
    return f"{chapter}.num.{value}"


def squeezed(markup):
    """The words of a page's unit, or of a sentence or row of the manifest, without tags, blanks and cell marks."""
    words = re.sub(r"<[^>]*>", "", markup)
    return re.sub(r"[\s|\u00ad\u200b\u2060]", "", words)


def rewritten(words, sentences):
    """The squeezed `words` with each old sentence that stands in them replaced by the new one, once for all."""
    pairs = {squeezed(old): squeezed(new) for _, old, new in sentences}
    pattern = "|".join(re.escape(old) for old in sorted(pairs, key=len, reverse=True))
    return re.sub(pattern, lambda found: pairs[found[0]], words) if pairs else words
