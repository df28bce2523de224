"""Languages under one name each, whatever the resume or the job calls them."""

from __future__ import annotations

import re
from functools import lru_cache

from resume_processor.skills.tokens import form_of

_WORDS = re.compile(r"[^\W\d_]+")

#: English names, with the ISO 639-1 code and what others call the language.
_NAMES = """
English en englisch anglais inglés inglês inglese engels angielski englischkenntnisse
German de deutsch allemand alemán alemão tedesco duits niemiecki deutschkenntnisse
French fr französisch français francés francês francese frans francuski
Spanish es spanisch espagnol español espanhol spagnolo spaans hiszpański castellano
Portuguese pt portugiesisch portugais portugués português portoghese portugees
Italian it italienisch italien italiano italiaans włoski
Dutch nl niederländisch néerlandais neerlandés neerlandês olandese nederlands holandés
Polish pl polnisch polonais polaco polacco polski
Russian ru russisch russe ruso russo rosyjski русский
Ukrainian uk ukrainisch ukrainien ucraniano українська
Czech cs tschechisch tchèque checo čeština
Slovak sk slowakisch slovaque eslovaco slovenčina
Hungarian hu ungarisch hongrois húngaro magyar
Romanian ro rumänisch roumain rumano română
Bulgarian bg bulgarisch bulgare búlgaro български
Greek el griechisch grec griego grego ελληνικά
Turkish tr türkisch turc turco türkçe
Arabic ar arabisch arabe árabe العربية
Hebrew he hebräisch hébreu hebreo עברית
Persian fa persisch persan farsi
Hindi hi हिन्दी
Urdu ur
Bengali bn bangla
Tamil ta
Telugu te
Kannada kn
Malayalam ml
Marathi mr
Gujarati gu
Punjabi pa
Mandarin 普通话
Cantonese 粤语
Chinese zh chinesisch chinois chino chinês cinese 中文
Japanese ja japanisch japonais japonés japonês giapponese 日本語
Korean ko koreanisch coréen coreano 한국어
Vietnamese vi vietnamesisch
Thai th
Indonesian id
Malay ms
Tagalog tl filipino
Swahili sw
Swedish sv schwedisch suédois sueco svenska
Norwegian no norwegisch norvégien noruego norsk
Danish da dänisch danois danés dansk
Finnish fi finnisch finnois finés suomi
Estonian et
Latvian lv
Lithuanian lt
Croatian hr kroatisch croate hrvatski
Serbian sr serbisch serbe srpski
Slovenian sl slowenisch
Catalan ca katalanisch catalán català
Afrikaans af
"""
_CODE = re.compile("[a-z]{2}")
_ROWS = [row.split() for row in _NAMES.split("\n") if row]

#: English names of the languages that a job can ask for.
LANGUAGES = tuple(name for name, *_ in _ROWS)
#: What else they are called, to the English name; codes are told apart by their two letters.
OTHER_NAMES = {
    other: name for name, *others in _ROWS for other in others if not _CODE.fullmatch(other)
}
_CODES = {
    other: name.lower() for name, *others in _ROWS for other in others if _CODE.fullmatch(other)
}
_BY_FORM = {form_of(name): name.lower() for name in LANGUAGES} | {
    form_of(other): name.lower() for other, name in OTHER_NAMES.items()
}


@lru_cache(maxsize=4096)
def english_name(text: str) -> str:
    """In lower case: ``Deutsch (C1)`` is german; what is not known stays what it is, folded."""
    whole = form_of(text)
    if whole in _BY_FORM:
        return _BY_FORM[whole]
    words = (form_of(word) for word in _WORDS.findall(text))
    return next((_BY_FORM[word] for word in words if word in _BY_FORM), whole)


def name_of_code(code: str | None) -> str | None:
    """The English name, in lower case, of an ISO 639-1 code; None where it is none of ours."""
    return _CODES.get((code or "").lower())
