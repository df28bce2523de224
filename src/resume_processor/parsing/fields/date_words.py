"""The words around dates, folded: what joins two, what says "now", what makes a year a number."""

from __future__ import annotations

import re

_TO = (
    r"-{1,3}|->|=>|>|~|/|i¼|to|until|untill|till|til|upto|up to|thru|through|bis(?: zum| zu)?|"
    r"a|au|al|"
    r"ate(?: a)?|do|hasta(?: el)?|jusqu'? ?(?:au|en|a)|tot|fino a|至|到"
)
#: What stands between the two dates of a period.
JOIN = re.compile(rf"[ \n)\]]*(?:{_TO})(?: the)?[ \n(\[]*(?:to[ ])?")

_NOW = (
    r"present(?: day| date| time)?|presently|current(?:ly)?(?: (?:date|working|job))?|now|today|"
    r"to ?date|till ?(?:date|now|today|present)|til date|till the date|date|on ?-?going|"
    r"as on(?: date)?|as of (?:now|today)|doing|onwards?|(?:to )?continu(?:ing|e[sd]?)|"
    r"contd\.?|pursuing|still working|still|till(?=[ .)]*$)|"
    r"heute|aktuell|jetzt|laufend|dato|andauernd|gegenwart|"
    r"present[e]?|aujourd'? ?hui|ce jour|actuel(?:lement)?|en cours|maintenant|nos jours|"
    r"actualidad|actual(?:mente)?|hoy|la fecha|fecha|en curso|la actualidad|"
    r"atual(?:mente)?|hoje|o momento|(?:o )?presente|momento|em curso|(?:data|dias) atua(?:l|is)|"
    r"obecnie|teraz|nadal|dzis(?:iaj)?|(?:chwili )?obecne[jg]|heden|oggi|in corso|attuale|"
    r"至今|现在|目前|今"
)
_NOW_END = r"(?![a-z])"
#: What follows a date where the period still goes on.
NOW_AFTER = re.compile(
    rf"[ \n)\]]*(?:(?:{_TO})(?: the)?[ \n(\[]*(?:(?:to|till|"
    rf"until)[ ](?:the )?)?(?:{_NOW}){_NOW_END}"
    rf"|[ ,(]*(?:onwards?|on ?-?going|pursuing|doing|continuing|as on(?: date)?(?= )|to ?date|"
    rf"till ?(?:date|now|today|present)|"
    rf"to (?:present|now|date)|present|heute|en cours|至今){_NOW_END})[)\]]?"
)
#: What stands before a date where the newest end comes first: "Present - June 2014".
NOW_BEFORE = re.compile(
    r"(?<![a-z])(?:present|current|now|heute|actualidad|atual)[ ]*(?:-|to)[ ]*$"
)

#: What opens a period; those of ``still`` say that it goes on where no end follows.
SINCE = re.compile(
    r"(?<![a-z])(?:(?P<still>since|seit|depuis|desde|od|dal|sinds|vanaf|自|从)|"
    r"from|between|ab|von|vom|a partir (?:de|du)|w\.?e\.?f\.?|de|du|del)[ :.]*(?:the |le |el |"
    r"dem |of )?$"
)
#: What closes a period whose beginning is not named.
UNTIL = re.compile(r"(?<![a-z])(?:until|till|upto|up to|bis|jusqu'? ?(?:au|en|a)|hasta|ate)[ :]*$")
#: A dash at the end of the text: the end is left open or stands on the next line.
OPEN_END = re.compile(r"[ ]*(?:(?P<closed>-[ ]*(?=\)))|(?:-{1,3}|to)[ ]*$)")

_PRODUCTS = (
    r"windows|office|ms[- ]?office|ms|microsoft|server|sql|excel|word|powerpoint|access|"
    r"outlook|exchange|"
    r"sharepoint|visio|visual studio|studio|\.net|vb|autocad|cad|revit|solidworks|project|"
    r"project plan|win|"
    r"dynamics|nav|max|catia|navision|iso|iec|ieee|oracle|biztalk|server r2|creo|sage|"
    r"iso[ -]?\d{3,5}"
)
#: A product whose version is a year.
BEFORE_NO_DATE = re.compile(
    rf"(?:(?<![a-z])(?:{_PRODUCTS})[ :/-]{{0,3}}'?(?:\d{{1,3}}(?:\.\d)?[,/ ]+|xp[,/ ]+)*|"
    rf"\d{{3,5}}:)$"
)
AFTER_PRODUCT = re.compile(r"[ ]?r2(?!\w)")
#: What makes a year an amount.
AFTER_NO_DATE = re.compile(
    r"[ ]?(?:%|\+|[.,:]\d|x[ ]?\d|[ ](?:hours?|hrs|users?|employees|people|students|customers|"
    r"clients|"
    r"members|words|sq|kg|km|mw|kva|units|nos|crores?|lakhs?|usd|eur|pages|rupees|beds|rooms|"
    r"seats)(?!\w))"
    r"|[ -]\d{3}(?!\d)|-\d{5,}"
)
