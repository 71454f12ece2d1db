"""Words that speak of an emergency. Pure: text in, codes out."""

import re
import unicodedata

# The signs that the screening treats as an emergency, in the words people write. Deliberately wide: the
# price of a false match is that a comment waits and its writer sees where to get help.
RED_FLAGS = {
    "self_harm": (
        r"\b(kill|hurt|harm|end)(ing)?\s+(myself|my\s*self|my\s+(life|baby|child|son|daughter|kids?))\b",
        r"\bhurt(ing)?\s+(the|him|her)\s*baby\b",
        r"\bsuicid",
        r"\b(want|wanted|wish|ready)\s+(to\s+die|to\s+be\s+dead|i\s+(was|were)\s+dead)\b",
        r"\bbetter\s+off\s+(dead|without\s+me)\b",
        r"\b(no|not|any)\s+(reason|point|longer\s+want|want)\s+(to|in)\s+liv(e|ing)\b",
        r"\b(do\s*n.?t|do\s+not)\s+want\s+to\s+(live|be\s+here|wake\s+up|be\s+alive|exist)\b",
        r"\bself.?harm",
        r"\bcut(ting)?\s+myself\b(?!\s+(some|a)\s+(slack|break))",
    ),
    "chest_pain": (
        r"\bchest\s+(pains?|pressure|hurts?|tightness|is\s+tight|feels\s+tight)\b",
        r"\b(pain|pressure|tightness|crushing)\s+(in|on)\s+(my|the)\s+chest\b",
    ),
    "breathless": (
        r"\bcan.?(no)?t\s+(breathe|catch\s+my\s+breath|get\s+(my|any)\s+(breath|air))\b",
        r"\b(short|shortness)\s+of\s+breath\b",
        r"\b(trouble|difficulty|hard\s+time)\s+breathing\b",
        r"\bcough(ed|ing)?\s+(up\s+)?blood\b",
    ),
    "faint_seizure": (r"\b(fainted|passed\s+out|blacked\s+out|seizures?)\b",),
    "heavy_bleeding": (
        r"\bsoak(s|ed|ing)?\s+(through\s+)?(a|my|one|two|\d+|several|the)\s+pads?\b",
        r"\bpads?\s+(an|every|per|each)\s+hour\b",
        r"\b(heavy|heavily|bad|severe)\s+(vaginal\s+)?bleed(ing)?\b",
        r"\bbleed(ing)?\s+(very\s+|so\s+|really\s+)?(heavy|heavily|badly|a\s+lot)\b",
        r"\b(big|huge|large|egg.?sized?|golf.?ball.?(sized?)?)\s+(blood\s+)?clots?\b",
        r"\bh(a)?emorrhag",
    ),
    "stroke_signs": (
        r"\bslurr(ed|ing)\b",
        r"\b(face|mouth)\s+(is\s+)?droop",
        r"\bdroop(ing|y)\s+(face|mouth)\b",
        r"\bone\s+side\s+of\s+my\s+(body|face)\b",
        r"\bweak(ness)?\s+(on|down)\s+one\s+side\b",
    ),
    "worst_headache": (
        r"\bworst\s+(ever\s+)?headache\b",
        r"\b(sudden|severe|thunderclap|blinding)\s+headache\b",
        r"\bheadache\b.{0,40}\b(vision|sight|seeing\s+(spots|stars)|blurr)",
    ),
    "bp_severe": (r"\b(1[6-9]\d|2\d\d)\s*(/|over)\s*\d{2,3}\b", r"\b\d{3}\s*(/|over)\s*1[1-9]\d\b"),
    "saddle_numb": (
        r"\bnumb(ness)?\b.{0,40}\b(genital|groin|saddle|inner\s+thigh|vagina|vulva|bottom|private)",
        r"\b(saddle|genitals?|groin|vagina|vulva)\b.{0,25}\bnumb",
        r"\bboth\s+(of\s+my\s+)?legs\s+(are\s+|feel\s+|went\s+)?(weak|numb)\b",
    ),
    "hallucination_confusion": (
        r"\bhear(ing)?\s+voices\b",
        r"\bsee(ing)?\s+things\s+(that\s+)?(are\s*n.?t|are\s+not|no\s+one|nobody|others)\b",
        r"\bhallucinat",
    ),
}
_RED_FLAG_PATTERNS = {code: re.compile("|".join(words)) for code, words in RED_FLAGS.items()}


def red_flags(text: str) -> tuple[str, ...]:
    """The codes of the emergency signs that the text speaks of, in a fixed order.

    Source: the emergency answers of the screening (the first safety questions and the two mood questions).
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    return tuple(code for code, pattern in _RED_FLAG_PATTERNS.items() if pattern.search(plain))
