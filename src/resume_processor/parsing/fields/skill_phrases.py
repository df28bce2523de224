"""The words around skills: what a sentence says besides, and what is one skill with a mark."""

from __future__ import annotations

import re

from resume_processor.parsing.lexicon.folding import word_set

_DEGREE = (
    r"(?:i have |i am |have |has |having |with |also |a |an |the |my |very |highly |extremely |"
    r"fully |well |"
    r"strong |good |excellent |sound |basic |deep |thorough |advanced |working |practical |"
    r"hands[- ]on |"
    r"extensive |solid |in[- ]depth |expert |intermediate |fair |great |proven |broad |vast |"
    r"general |"
    r"adequate |fundamental |detailed |prior |technical |bonnes? |tres bonnes? |gute |"
    r"sehr gute |fundierte |"
    r"solide |buen |buena |bom |boa |excelente |amplio |amplios |dobra |bardzo dobra |and )*"
)
_NOUN = (
    r"(?:knowledge|experience|exposure|understanding|familiarity|familiar|proficien(?:t|cy)|"
    r"command|"
    r"expertise|experienced|skilled|conversant|competen(?:t|ce)|grasp|hold|acquaintance|versed|"
    r"trained|adept|mastery|hands[- ]on|skills|basics|fundamentals|"
    r"connaissances?|maitrise|kenntnisse|erfahrung|umgang|conocimientos?|manejo|dominio|"
    r"experiencia|"
    r"conhecimentos?|znajomosc|obsluga)"
)
_LINK = (
    r"(?:of|in|with|on|about|using|de|du|des|d'|en|em|mit|in der|im|von)"
    r"(?:\s+(?:the|using|use of|la|le|les|del|l'))*"
)
#: "Good knowledge of", "Proficient in": the skill follows.
OPENER = re.compile(
    rf"{_DEGREE}{_NOUN}(?:\s+(?:and|&)\s+{_NOUN})?\s+{_LINK}\s+"
    r"|(?:such as|including|e\.g\.?|i\.e\.?|viz\.?|namely|and|&)\s+"
    r"|(?:others?|etc\.?)\s*:\s*"
)
#: "… etc." behind the last skill.
CLOSER = re.compile(r"[\s,]*\(?\s*(?:etc|and others|and more|et cetera|usw|u\.\s?a)\.*\s*\)?\s*$")
_LEVELS = (
    r"(?:beginner|intermediate|advanced|expert|basic|proficient|native|fluent|good|excellent|"
    r"average|"
    r"debutant|intermediaire|avance|anfanger|fortgeschritten|grundkenntnisse|sehr gut|gut|"
    r"basico|intermedio|"
    r"avanzado|avancado|experto)(?: (?:level|user|knowledge))?"
)
_AMOUNTS = (
    r"\d{1,2}(?:\.\d)?\+? ?(?:years?|yrs?|months?|ans|jahre|anos)(?: (?:of )?(?:experience|"
    r"exp\.?))?|"
    r"\d{1,3} ?%|\d{1,2} ?/ ?(?:5|10)|[★☆●○]+"
)
#: How well the skill is known, behind a mark or in brackets: "SQL – Advanced", "SQL (5 years)".
LEVEL = re.compile(
    rf"\s*(?:[-–:]\s*\(?|\(\s*)(?:{_LEVELS}|{_AMOUNTS})\s*\)?\s*$|\s+(?:{_AMOUNTS})\s*$"
)
#: Skills that are written with a slash.
WITH_SLASH = re.compile(
    r"(?<!\w)(?:tcp ?/ ?ip|ci ?/ ?cd|pl ?/ ?sql|pl/1|a/b(?: testing)?|i/o|client/server|and/or|"
    r"n/w|s/w|h/w|os/2|z/os|"
    r"ui/ux|ux/ui|r/3|s/4 ?hana|ap/ar|ar/ap|a/[pr]|p/l|24/7|as/400|b2b/b2c|"
    r"pro ?/ ?e(?:ngineer)?|cad/cam|ac ?/ ?dc|"
    r"lan/wan|fi/co|aml/kyc|m/c|b/l|l/c|t/t|v/f)(?!\w)"
)
#: Pairs that "and" joins to one skill.
WITH_AND = re.compile(
    r"(?:^|\s)(?:r ?& ?d|p ?& ?l|m ?& ?a|q ?& ?a|o ?& ?m|h ?& ?s|f ?& ?b|t ?& ?d|c ?& ?i|e ?& ?i|"
    r"research (?:and|&) development|profit (?:and|&) loss|2d (?:and|&) 3d)"
)
#: A skill in a sentence: it stays whole, commas and all.
SENTENCE = re.compile(
    r"(?:(?:the )?(?:ability|able|capable|capability|willing(?:ness)?|aptitude|to|i|my|we) |"
    r"(?:develop|manage|drive|communicate|act|install|build|troubleshooting|participate)\w*,? )"
)
#: A version that stands for the product named before it: "Windows XP, 7".
VERSION = re.compile(r"(?:xp|vista|nt|9[58]|\d{1,4}(?:\.\d+)*(?:\s?r2)?)", re.IGNORECASE)
VERSIONED = re.compile(
    r"(?P<name>(?:ms |microsoft )?(?:windows(?: server)?|office|sql server|visual studio|"
    r"oracle|autocad|"
    r"java|php|python|\.net(?: framework)?|c#|html|win|solid ?works|catia|vb|photoshop|angular|"
    r"ubuntu|"
    r"tally(?: erp)?|mysql|ios|android|jdk|j2ee|iis|sap|word|excel))\s*"
    r"(?P<version>xp|vista|nt|9[58]|v?\d{1,4}(?:\.\d+)*(?:\s?r2)?)",
    re.IGNORECASE,
)
#: What is left of a list and is no skill.
NO_SKILL = word_set(
    "etc and or others other with i skills n/a na nil none the of in tools languages expert"
)
