"""One spelling for the whole course: British, with -isation."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from tutor.authoring.writing.codes import Advice
from tutor.authoring.writing.texts import read_texts
from tutor.course.yaml_values import Path

_BRITISH = {
    "aging": "ageing",
    "anesthetic": "anaesthetic",
    "anesthetics": "anaesthetics",
    "anesthesia": "anaesthesia",
    "behavior": "behaviour",
    "canceled": "cancelled",
    "center": "centre",
    "centers": "centres",
    "channeled": "channelled",
    "color": "colour",
    "colored": "coloured",
    "colors": "colours",
    "diarrhea": "diarrhoea",
    "edema": "oedema",
    "esophagus": "oesophagus",
    "estrogen": "oestrogen",
    "favor": "favour",
    "fiber": "fibre",
    "fibers": "fibres",
    "gray": "grey",
    "hemoglobin": "haemoglobin",
    "hemorrhage": "haemorrhage",
    "labeled": "labelled",
    "labeling": "labelling",
    "labor": "labour",
    "leveled": "levelled",
    "liter": "litre",
    "liters": "litres",
    "millimeter": "millimetre",
    "modeled": "modelled",
    "modeling": "modelling",
    "neighbor": "neighbour",
    "neighboring": "neighbouring",
    "neighbors": "neighbours",
    "orthopedic": "orthopaedic",
    "pediatric": "paediatric",
    "signaled": "signalled",
    "signaling": "signalling",
    "sulfur": "sulphur",
    "traveled": "travelled",
    "traveling": "travelling",
    "tumor": "tumour",
    "tumors": "tumours",
    "vapor": "vapour",
}
_Z_IS_RIGHT = re.compile(
    r"(?:(?:cap|over|under|re|down)?siz(?:e|ed|es|ing)|(?:ap|sur)?priz(?:e|ed|es|ing)|seiz\w+|"
    r"maiz\w*|\w*gliz\w*)"
)
_AMERICAN = (
    (re.compile(r"(\w{2,})iz(ation|ations|e|ed|es|er|ers|ing)"), r"\1is\2"),
    (re.compile(r"(ana|cata|para|dia|hydro)lyz(e|ed|es|er|ing)"), r"\1lys\2"),
    (
        re.compile(r"(\w*(?:kal|natr|calc|glyc|an|isch|leuk|magnes|ur|vol|chlor))emi(a|c)"),
        r"\1aemi\2",
    ),
)
_WORD = re.compile(r"[A-Za-z]+")


def british(word: str) -> str:
    """The British spelling of `word`, or the word itself."""
    plain = word.lower()
    if plain in _BRITISH:
        return _BRITISH[plain]
    if _Z_IS_RIGHT.fullmatch(plain):
        return word
    for pattern, spelt in _AMERICAN:
        if pattern.fullmatch(plain):
            return pattern.sub(spelt, plain)
    return word


def spelling_advice(content: msgspec.Struct, path: Path = ()) -> Iterator[Advice]:
    """Words that are spelt the American way."""
    for here, text in read_texts(content, path):
        for word in dict.fromkeys(_WORD.findall(text)):
            spelt = british(word)
            if spelt != word:
                yield Advice(
                    here, "W20", f"{word!r} in a course with British spelling; write {spelt!r}"
                )
