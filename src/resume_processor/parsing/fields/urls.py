"""Web addresses and profiles, with and without a scheme."""

from __future__ import annotations

import re
from functools import lru_cache

from resume_processor.parsing.fields.matches import Match

_SPACE = re.compile(r"\s")
_SCHEME = re.compile(r"^\s*(?:https?:)?/{0,2}", re.IGNORECASE)

#: Endings of an address that stands without scheme and without "www.".
_ENDINGS = (
    r"com|org|net|io|dev|me|co|in|uk|de|fr|es|pt|pl|it|nl|be|ch|at|eu|us|ca|au|br|mx|info|biz|"
    r"edu|gov|"
    r"app|ai|tech|site|online|xyz|blog|page|tv|cn|jp|ru|se|no|dk|fi|ie|nz|za|sg|ae|pk|cloud|"
    r"design|"
    r"studio|pro|name|life|works|world|space|website|link|bio"
)
_REST = r"(?:[/?#][^\s<>\"|,;•·–—]*)?"
_URL = re.compile(
    r"(?<![@\w.])(?:"
    rf"(?P<scheme>https?\s?:\s?/\s?/\s?(?:[\w.-]+\.[^\W\d_]{{2,24}}|localhost)(?::\d+)?{_REST})"
    rf"|(?P<www>www\d?\.[\w-]+(?:\.[\w-]+)+{_REST})"
    rf"|(?P<bare>(?:[a-z0-9][\w-]*\.)+(?:{_ENDINGS})(?![\w@-]|\.\w){_REST})"
    r")",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?)]}'\"»”*"
#: Names of products that look like addresses.
_NOT_SITES = re.compile(
    r"^(?:asp|ado|vb|node|vue|react|angular|next|d3|three|express|socket|c#?|j|b|m|ml|dot|"
    r"knockout|ember|"
    r"backbone|require|moment|chart|paper|p5|ag|e\.g|i\.e)\.(?:net|js|io|ai|com|sc|tech)$|"
    r"^(?:b|m|ph|d)\.(?:com|tech|sc|ed|a|e|pharm|de|in|co)\b",
    re.IGNORECASE,
)

#: Site → the network's name and where the user's name stands in the path.
_NETWORKS: tuple[tuple[str, str, str], ...] = (
    ("LinkedIn", r"linkedin\.com", r"(?:in|pub|profile)/(?P<user>[^/?#]+)"),
    ("LinkedIn", r"linkedin\.com", r"profile/view\?id=(?P<user>[\w-]+)"),
    ("GitHub", r"github\.com", r"(?P<user>[\w-]+)"),
    ("GitHub", r"(?P<user>[\w-]+)\.github\.io", r""),
    ("GitLab", r"gitlab\.com", r"(?P<user>[\w.-]+)"),
    ("Bitbucket", r"bitbucket\.org", r"(?P<user>[\w.-]+)"),
    ("Stack Overflow", r"stackoverflow\.com", r"(?:users|cv)/(?P<user>[\w-]+)"),
    ("Stack Overflow", r"careers\.stackoverflow\.com", r"(?P<user>[\w-]+)"),
    ("Twitter", r"(?:twitter|x)\.com", r"@?(?P<user>\w+)"),
    ("Behance", r"behance\.net", r"(?P<user>[\w-]+)"),
    ("Dribbble", r"dribbble\.com", r"(?P<user>[\w-]+)"),
    ("Kaggle", r"kaggle\.com", r"(?P<user>[\w-]+)"),
    ("ORCID", r"orcid\.org", r"(?P<user>\d{4}-\d{4}-\d{4}-\d{3}[\dXx])"),
    ("Google Scholar", r"scholar\.google\.[a-z.]+", r"citations\?.*?user=(?P<user>[\w-]+)"),
    ("Medium", r"medium\.com", r"@(?P<user>[\w.-]+)"),
    ("Medium", r"(?P<user>[\w-]+)\.medium\.com", r""),
    ("Xing", r"xing\.com", r"(?:profile|hp)/(?P<user>[\w-]+)"),
    ("Facebook", r"(?:facebook|fb)\.com", r"(?P<user>[\w.-]+)"),
    ("Instagram", r"instagram\.com", r"(?P<user>[\w.]+)"),
    ("YouTube", r"youtube\.com", r"(?:@|c/|user/|channel/)(?P<user>[\w-]+)"),
    ("HackerRank", r"hackerrank\.com", r"(?:profile/)?(?P<user>\w+)"),
    ("LeetCode", r"leetcode\.com", r"(?:u/)?(?P<user>[\w-]+)"),
    ("CodeChef", r"codechef\.com", r"users/(?P<user>\w+)"),
    ("Codeforces", r"codeforces\.com", r"profile/(?P<user>[\w.-]+)"),
    ("ResearchGate", r"researchgate\.net", r"profile/(?P<user>[\w-]+)"),
    (
        "Academia",
        r"(?P<user>[\w-]+)\.academia\.edu|(?:[\w-]+\.)?academia\.edu",
        r"(?P<name>[\w-]+)?",
    ),
    ("Viadeo", r"viadeo\.com", r"(?:[\w/]*/)?profile/(?P<user>[\w.-]+)"),
    ("Skype", r"join\.skype\.com", r"(?P<user>[\w/]+)"),
    ("Pinterest", r"pinterest\.[a-z.]+", r"(?P<user>\w+)"),
    ("Vimeo", r"vimeo\.com", r"(?P<user>\w+)"),
    ("SoundCloud", r"soundcloud\.com", r"(?P<user>[\w-]+)"),
    ("DEV", r"dev\.to", r"(?P<user>\w+)"),
    ("npm", r"npmjs\.com", r"~(?P<user>[\w.-]+)"),
    ("PyPI", r"pypi\.org", r"user/(?P<user>[\w.-]+)"),
    ("Telegram", r"(?:t\.me|telegram\.me)", r"(?P<user>\w+)"),
    ("About.me", r"about\.me", r"(?P<user>[\w.-]+)"),
    ("Wellfound", r"(?:angel\.co|wellfound\.com)", r"(?:u/)?(?P<user>[\w-]+)"),
)
_PROFILES = tuple(
    (
        network,
        re.compile(rf"(?:[a-z]{{2,3}}\.|www\.|m\.)*(?:{host})", re.IGNORECASE),
        re.compile(path, re.IGNORECASE),
    )
    for network, host, path in _NETWORKS
)


@lru_cache(maxsize=2048)
def find_urls(text: str) -> tuple[Match, ...]:
    """The addresses of the text, from left to right; ``value`` is as written, without breaks."""
    if "." not in text:
        return ()
    found = []
    for match in _URL.finditer(text):
        end = match.start() + len(_trimmed(match[0]))
        value = _SPACE.sub("", text[match.start() : end])
        if _NOT_SITES.match(value) or text[end : end + 1] == "@":
            continue
        found.append(Match(match.start(), end, value, f"urls.{match.lastgroup}"))
    return tuple(found)


def _trimmed(url: str) -> str:
    """Without what closes the sentence or the bracket around the address."""
    while url and url[-1] in _TRAILING:
        if url[-1] == ")" and url.count("(") >= url.count(")"):
            break
        url = url[:-1]
    return url


def profile_of(url: str) -> tuple[str, str] | None:
    """The network and the user's name, where the address is a profile."""
    bare = _SCHEME.sub("", url.strip())
    host, _, path = bare.partition("/")
    for network, site, user in _PROFILES:
        at = site.fullmatch(host)
        if at is None:
            continue
        name = at.groupdict().get("user")
        if name is None and (inside := user.match(path)) is not None:
            name = inside.groupdict().get("user") or inside.groupdict().get("name")
        if name and name.lower() not in {"www", "in", "home", "feed", "login"}:
            return network, name.strip("/")
    return None
