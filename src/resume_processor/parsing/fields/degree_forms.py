"""How degrees and school certificates are written, folded, by level."""

from __future__ import annotations

import re
from enum import StrEnum


class Level(StrEnum):
    """Levels of education, lowest first."""

    SECONDARY = "secondary"
    VOCATIONAL = "vocational"
    ASSOCIATE = "associate"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTORATE = "doctorate"


#: Letters with or without dots and spaces: "B.Tech", "B. Tech.", "BTech", "B-Tech".
_S = r"[ .,\-]{0,2}"
_FIELD_LETTERS = (
    r"tech(?:nology)?|engg?|sc|com(?:m?erce)?|arch|pharma?|ed|des|plan|lib|voc|stat|"
    r"f\.? ?a|h\.? ?m|b\.? ?a|c\.? ?a|s\.? ?w|f\.? ?sc|m\.? ?s|b\.? ?m|p\.? ?t|p\.? ?ed|"
    r"d\.? ?s|n|"
    r"b\.? ?s|c\.? ?s|b\.? ?i|i\.? ?b|h\.? ?r\.? ?m|f\.? ?m|f\.? ?c|h\.? ?m\.? ?c\.? ?t|"
    r"a\.? ?m\.? ?s|i\.? ?t|"
    r"p\.? ?h|p\.? ?a|b\.? ?e|m\.? ?m|d\.? ?a|c\.? ?j|p\.? ?e\.? ?s|m\.? ?c|j\.? ?m\.? ?c"
)
_HONS = r"(?:\s*\(?\s*(?:hons?|honou?rs)\.?\s*\)?)?"
_OF = r"(?: in| of| de| en| em| w)"

#: Level → forms. Between two forms at one place the longer match wins.
_FORMS: tuple[tuple[Level, tuple[str, ...]], ...] = (
    (
        Level.DOCTORATE,
        (
            rf"ph{_S}d\.?",
            rf"d{_S}phil",
            r"doctor(?:ate)?(?: degree)?",
            r"doktor(?:at|grad)?",
            r"doctorat",
            r"doctorado",
            r"doutora(?:do|mento)",
            r"promotion",
            r"dr\. (?:rer|phil|med|ing|iur|oec)\.?(?: nat| pol)?\.?",
            r"post-?doc(?:torate|toral)?",
            r"m\.?d\.?(?= |\)|$|,|-)",
            r"ed\.?d\.?|d\.?b\.?a\.?|j\.?d\.?|ll\.?d\.?|d\.?sc\.?|pharm\.?d\.?|dnb|dm",
            r"doktorat|博士",
        ),
    ),
    (
        Level.MASTER,
        (
            rf"m{_S}(?:{_FIELD_LETTERS}){_HONS}",
            rf"(?:executive |integrated |global )?m{_S}b{_S}a\.?",
            rf"m{_S}phil|m{_S}s{_S}sc|m{_S}l{_S}i{_S}s",
            r"m\.?s\.?|m\.?a\.?|m\.?e\.?|ll\.?m\.?|m\.? ?eng\.?|x\.?m\.?b\.?a",
            (
                r"master [12]|(?:science |integrated |executive |european |professional )?"
                r"master(?:'?s|s'|ate)?"
                rf"(?: degree| program(?:me)?|{_OF} (?:science|arts|engineering|technology|"
                rf"commerce|business administration|"
                r"business management|laws?|philosophy|education|architecture|pharmacy|"
                r"computer applications?|"
                r"social work|public (?:health|administration)|fine arts|finance|statistics|design|"
                r"management studies|management|computer science|applied science|nursing|"
                r"information technology)"
                r"(?: degree)?)?"
            ),
            (
                r"post[ -]?graduat(?:e|ion)(?: (?:degree|diploma|certificate|"
                r"program(?:me)?))?(?: in management)?"
            ),
            (
                rf"p{_S}g{_S}d{_S}(?:b?m|b{_S}a|c{_S}a|m{_S}s)?(?![a-z])|p\.?g\.? diploma|pg(?= )|"
                rf"pgp(?:m|bm)?"
            ),
            (
                r"magister|diplom(?:-[a-z]+|ingenieur|kaufmann|kauffrau|informatiker(?:in)?|"
                r"volkswirt|betriebswirt)|diplom(?= in | im |$|[ ,:(])"
            ),
            r"dipl\.?-?[ ]?(?:ing|inf|kfm|phys|math|psych|betrw|wirt\.?-?ing)\.?(?: \(fh\))?",
            r"(?:erstes |zweites |1\. |2\. )?staatsexamen",
            (
                r"mastere?(?: (?:professionnel|recherche|specialise|universitaire|1|2|ii?))?|"
                r"master [12]|m[12](?= )"
            ),
            r"dea|dess|diplome d'ingenieur|maitrise|ingenieur(?: d'etat)?|grande ecole",
            (
                r"maestr[ia]a?|maestria|master universitario|mestr(?:ado|e)|posgrado|postgrado|"
                r"pos-?[ ]?graduacao|especializac(?:ion|ao)|mba executivo"
            ),
            r"magisterium|mgr(?: inz)?\.?|studia magisterskie|studia podyplomowe|magistrat",
            (
                r"c\.?a\.?(?= |$|\)|-|,)|chartered accountan(?:t|cy)|c\.?p\.?a|c\.?m\.?a|"
                r"i\.?c\.?w\.?a\.?i?|a\.?c\.?c\.?a|cfa|"
                r"company secretary"
            ),
            r"硕士|研究生|碩士",
        ),
    ),
    (
        Level.BACHELOR,
        (
            rf"b{_S}(?:{_FIELD_LETTERS}){_HONS}",
            (
                rf"b\.?e\.?{_HONS}|b\.? ?a\.?{_HONS}|b\.?s\.?{_HONS}|ll\.?b\.?|b\.? ?eng\.?{_HONS}|"
                rf"b{_S}l{_S}i{_S}s|b{_S}v{_S}sc|b{_S}h{_S}sc|b\.? s\.?|b\.?s\.?b\.?a|b\.?s\.?n|"
                rf"b\.?s\.?c\.?s|b\.?a\.?sc"
            ),
            r"m\.?b\.?b\.?s\.?|b\.?d\.?s\.?",
            (
                r"bach[ae]lor(?:'?s|s'|'s)?"
                rf"(?: (?:honou?rs )?degree| program(?:me)?|{_OF} (?:science|arts|engineering|"
                rf"technology|commerce|business administration|"
                r"business management|laws?|education|architecture|pharmacy|computer applications?|"
                r"social work|fine arts|finance|nursing|hotel management|design|applied science|"
                r"computer science|medicine|surgery|dental surgery|physiotherapy|"
                r"information technology)(?: degree)?)?"
                rf"{_HONS}"
            ),
            (
                r"baccalaureus|under ?graduat(?:e|ion)(?: degree)?|graduat(?:ion|e)(?: degree)?|"
                r"degree|"
                r"honou?rs degree|(?:post )?basic b\.?sc"
            ),
            r"licen[cs]e(?: (?:professionnelle|fondamentale|appliquee|pro|[123]|iii?))?",
            (
                r"licenciatura|licenciad[oa]|diplomatura|grado(?= en|$|[ ,:])|bacharel(?:ado)?|"
                r"graduacao|"
                r"ingenier(?:ia|o|a)(?: tecnic[ao])?|titulo universitario|ensino superior|"
                r"superior (?:in)?completo"
            ),
            (
                r"licencjat|inz(?:ynier)?\.?|studia (?:licencjackie|inzynierskie|i stopnia)|"
                r"lic\.?(?= )"
            ),
            r"vordiplom|fachhochschulstudium|bachelorstudium|masterstudium",
            r"本科|学士|學士|大学本科",
        ),
    ),
    (
        Level.ASSOCIATE,
        (
            (
                r"associate(?:'?s|s')?(?: degree)?(?: (?:of|in) (?:applied )?(?:science|arts|"
                r"business))?"
            ),
            r"a\.?a\.?s?\.?(?= in| degree|$|,| -| –| \()|a\.?s\.?(?= in| degree|$|,| -| –| \()",
            (
                r"(?:advanced |higher |basic |national |proficiency |professional |polytechnic |"
                r"regular |engineering |honou?rs )*diploma"
                r"(?: (?:course|degree))?|diplomo"
            ),
            (
                r"higher national (?:diploma|certificate)|h\.?n\.?[dc]|foundation degree|"
                r"certificate of higher education"
            ),
            (
                r"d\.?u\.?t|b\.?t\.?s|deug|deust|b\.?u\.?t(?= )|cpge|classes? preparatoires?|"
                r"prepa(?:ratoire)?"
            ),
            r"technik?er|staatlich gepruft\w+ [a-z]+|fachwirt\w*|meister(?:brief|prufung)?",
            (
                r"tecnico superior|c\.?f\.?g\.?s|grado superior|"
                r"ciclo formativo(?: de grado superior)?|"
                r"tecnolog[oa]|diplomado|tecnico(?: profesional)?(?! em | en )"
            ),
            rf"d\.?m\.?e|d\.?e\.?e|d\.?c\.?e|d\.?a\.?e|d\.?c\.?a|d\.?ed|d{_S}pharm",
            r"大专|专科|專科",
        ),
    ),
    (
        Level.VOCATIONAL,
        (
            (
                r"i\.? ?t\.? ?i\.?|n\.?c\.?v\.?t|industrial trade certificate|trade certificate|"
                r"vocational (?:training|certificate|education|diploma)|apprenticeship|nvq|btec|"
                r"city (?:and|&) guilds"
            ),
            (
                r"c\.?a\.?p(?= )|b\.?e\.?p(?= )|bac(?:calaureat)? pro(?:fessionnel)?|"
                r"brevet professionnel"
            ),
            (
                r"(?:berufs)?ausbildung(?: (?:zum|zur|als) [a-z/-]+(?: fur [a-z]+)?)?|"
                r"lehre(?: (?:zum|zur|als))?|"
                r"gesellenbrief|facharbeiter|umschulung(?: (?:zum|zur))?"
            ),
            (
                r"formacion profesional|c\.?f\.?g\.?m|grado medio|curso tecnico|"
                r"tecnico(?= em | en )|ensino tecnico"
            ),
            r"technikum|szkola zawodowa|zasadnicza szkola zawodowa|中专|职高",
            (
                r"certificate(?: course| of completion| of special studies)?(?= in | -| –|,| \(|$)|"
                r"national certificate"
            ),
        ),
    ),
    (
        Level.SECONDARY,
        (
            (
                r"s\.? ?s\.? ?l\.? ?c\.?|h\.? ?s\.? ?s\.? ?[lc]\.?|s\.? ?s\.? ?c\.? ?e?\.?|"
                r"h\.? ?s\.? ?c\.?|h\.? ?s\.? ?e\.?|"
                r"i\.?c\.?s\.?e|i\.?s\.?c(?= |$|\))|a\.?i\.?s\.?s\.?c\.?e|a\.?i\.?s\.?s\.?e|"
                r"c\.?b\.?s\.?e|p\.?u\.?c\.?|h\.?s(?= |$)"
            ),
            (
                r"k\.?c\.?s\.?e|k\.?c\.?p\.?e|w\.?a\.?s\.?s\.?c\.?e|wassce|w\.?a\.?e\.?c|"
                r"n\.?e\.?c\.?o"
            ),
            (
                r"(?:10|12|8|9|11) ?th(?: ?(?:class|std\.?|standard|grade|board))?|"
                r"x(?:ii)? ?th(?: (?:class|std|standard))?|"
                r"(?:class|std\.?|standard|grade)[ -]*(?:x(?:ii)?|10|12|xi|11|8|9)(?: ?th)?|"
                r"(?:tenth|twelfth|12|10|xii|xi|x)(?: (?:class|standard|std\.?|grade|board))"
            ),
            r"10 ?\+ ?2|\+ ?2|plus (?:two|2)|h\.? ?s\.? exam(?:ination)?",
            (
                r"(?:senior |sr\.? |higher |hr\.? |upper |lower |junior )?secondary"
                r"(?: (?:school|education))?(?: (?:leaving|examination|certificate|level|standard|"
                r"exam))*"
            ),
            (
                r"secondary certificate|kenya certificate of (?:primary|secondary) edu?cation|"
                r"(?:international )?general certificate of secondary education|"
                r"west african (?:senior )?school certificate(?: examination)?"
            ),
            (
                r"h\.?s\.? diploma|high school(?: (?:diploma|degree|graduate|certificate|"
                r"equivalency))?|g\.?e\.?d\.?(?= |$)|"
                r"matric(?:ulation|ulate)?|intermediate(?: (?:science|arts|commerce))?|"
                r"pre-? ?university(?: (?:course|college|certificate|education))?|s\.?s\.?c"
            ),
            (
                r"(?:i?gcse|gcse|[ao]s?[ -]?level|advanced level|ordinary level)s?|"
                r"leaving certificate|"
                r"international baccalaureate|i\.?b\.? diploma|(?:lebanese|french|european|"
                r"tunisian|moroccan) baccalaureate"
            ),
            (
                r"bacc?alaur?eat(?: (?:general|technologique|scientifique|litteraire|s|es|l|sti|"
                r"stg|stmg))?|"
                r"bac(?: (?:general|scientifique|s|es|l|sti2?d?|stg|stmg|economique))?(?= |$|,|-|"
                r":)|brevet(?: des colleges)?|"
                r"diplome d'etudes secondaires|diplome national du brevet|dnb"
            ),
            (
                r"(?:allgemeine |fachgebundene )?(?:fach)?(?:abitur|hochschulreife)|"
                r"fachhochschulreife|"
                r"mittlere reife|realschulabschluss|hauptschulabschluss|matura|maturitat|"
                r"fachoberschulreife"
            ),
            (
                r"bachillerato|bachiller(?: [a-z]+)?|e\.?s\.?o(?= |$)|"
                r"educacion secundaria(?: obligatoria)?|"
                r"secundari[oa]|preparatoria|ensino (?:medio|secundario|fundamental)(?: completo)?|"
                r"(?:2|segundo)[o ]* grau|12 ?o? ano|selectividad|c\.?o\.?u"
            ),
            r"liceum(?: ogolnoksztalcace)?|wyksztalcenie srednie|高中|中学",
        ),
    ),
)


def _compiled(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w+])(?:{'|'.join(f'(?:{form})' for form in forms)})\.?(?![\w])")


#: Level → one expression for all of its forms.
LEVEL_FORMS: tuple[tuple[Level, re.Pattern[str]], ...] = tuple(
    (level, _compiled(forms)) for level, forms in _FORMS
)
