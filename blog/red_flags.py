"""Detects phrases in comments that point to a medical emergency. Pure: text in, codes out."""

import re

from common.danger_words import Tier, plain, tier_of

# What the held words are about; thoughts of harm where nothing fits.
_ABOUT = {
    "self_harm": r"\b(die|dead|dying|kill\w*|suici\w*|kms|unalive|harm\w*|hurt\w*|drop|shake|drown|end (it|my)|"
    r"better|live|(?<!of my )life|alive|throw|shook|smother\w*|morir\w*|muer\w+|mat(e|ar\w*)|dano|tirar|vivir|viva|vida|sterben|leben|"
    r"weiterleben|umbring\w*|selbst\w*|suizid\w*|antun|mourir|mort|morte|tuer|vivre|vie|jeter|secouer)\b",
    "heavy_bleeding": r"\b(pads?|compresas?|binden?|serviettes?|sangr\w+|blut\w*|saign\w+|clots?)\b",
    "breathless": r"\b(breath\w*|breth|air|respir\w+|aire|luft|atm\w*|souffle)\b|\bcough\w* (up )?blood\b",
    "chest_pain": r"\b(chest|pecho|brust\w*|poitrine)\b",
    "faint_seizure": r"\b(faint\w*|blacked out|passed out|collapsed|unconscious|consciousness|seizure|fit|convulsi\w*|desmay\w*|"
    r"conocimiento|inconsciente|ohnmach\w*|bewusst\w*|krampf\w*|evanoui\w*|perdu connaissance)\b",
    "stroke_signs": r"\b(slurr\w*|droop\w*)\b|\bface .{0,10}numb\b|\b(cara|visage|gesicht\w*)\b",
    "worst_headache": r"\bheadache\b",
    "bp_severe": r"\b(blood pressure|bp)\b",
    "saddle_numb": r"\bnumb\w*\b(?!.*\bspeak)",
    "hallucination_confusion": r"\b(voices?|voces|stimmen?|voix)\b",
}
_PATTERNS = {code: re.compile(words) for code, words in _ABOUT.items()}
SELF_HARM = "self_harm"


def red_flags(text: str) -> tuple[str, ...]:
    """Return the codes of the emergency signs in a text, in a fixed order; none for a text that need not be held.

    Source: evidence base, section H, "Words of danger in free text".
    """
    if tier_of(text) != Tier.HOLD:
        return ()
    held = " ".join(
        plain(sentence) for sentence in re.split(r"[.!?;\n]+", text) if tier_of(sentence) == Tier.HOLD
    )
    return tuple(code for code, pattern in _PATTERNS.items() if pattern.search(held)) or (SELF_HARM,)
