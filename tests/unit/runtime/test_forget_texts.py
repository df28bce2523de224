"""After a document its words are in no live object of the process."""

import functools
import subprocess
import sys

from resume_processor.parsing.fields.emails import find_emails
from resume_processor.parsing.models.cascade import shipped
from resume_processor.runtime.forget_texts import caches_of_texts, forget_texts

#: Warms up as a worker does, processes one document, forgets, and looks at every object there is.
SCRIPT = """
import gc, sys
from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.parsing.parse_resume import parse_resume
from resume_processor.runtime.forget_texts import forget_texts
from resume_processor.runtime.warm_up import warm_up
from resume_processor.scoring.profile import profile_of
from resume_processor.scoring.read_job import read_job
from resume_processor.scoring.score_resume import score_profile

def work():
    parsed = parse_resume(read_document(sys.stdin.buffer.read(), Limits()))
    score_profile(profile_of(parsed), read_job("Gardener with Pruning"))
    return parsed.resume["basics"]["name"]

def found(needle):
    # How many texts with it hang on any object; those that the collector does not look at, too.
    gc.collect()
    seen, texts = set(), 0
    for tracked in gc.get_objects():
        left = [tracked]
        while left:
            for one in gc.get_referents(left.pop()):
                if id(one) in seen or gc.is_tracked(one):
                    continue
                seen.add(id(one))
                if isinstance(one, str | bytes):
                    texts += needle in str(one).lower()
                else:
                    left.append(one)
    return texts

warm_up(fast=False)
gc.unfreeze()
assert work()
needles = ["".join(parts) for parts in (("quir", "ina"), ("zwolf", "bach"))]
print([found(one) > 1 for one in needles])  # one is the needle itself
forget_texts()
print([found(one) for one in needles])
"""

PERSON = """Quirina Zwolfbach
quirina.zwolfbach@example.org | +44 20 7946 0000

Experience
Gardener, Zwolfbach Nurseries, 2019 - 2023
- Pruning

Skills
Pruning
"""


def test_nothing_of_a_document_is_left():
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input=PERSON.encode(),
        capture_output=True,
        check=False,
        timeout=110,
    )
    assert done.stdout.decode().split("\n")[:2] == ["[True, True]", "[1, 1]"], done.stderr.decode()


#: Processes a document as a worker does, forgets, and prints what patterns the next one compiles.
COMPILING = """
import re, sys
from resume_processor.documents.limits import Limits
from resume_processor.documents.read_document import read_document
from resume_processor.parsing.parse_resume import parse_resume
from resume_processor.runtime.forget_texts import forget_texts
from resume_processor.runtime.warm_up import warm_up

def compiled_by(work):
    patterns = []
    def on_call(frame, event, _):
        code = frame.f_code
        if event == "call" and (code.co_name, code.co_filename) == ("compile", HOME):
            patterns.append(frame.f_locals["p"])
    sys.setprofile(on_call)
    work()
    sys.setprofile(None)
    return patterns

HOME = sys.modules[re.compile.__module__]._compiler.compile.__code__.co_filename
data = sys.stdin.buffer.read()
warm_up(fast=False)
parse_resume(read_document(data, Limits()))  # the first number of a country loads its patterns
forget_texts()
print(compiled_by(lambda: re.compile("control")))
print(compiled_by(lambda: parse_resume(read_document(data, Limits()))))
"""


def test_the_patterns_of_the_program_stay_compiled():
    done = subprocess.run(
        [sys.executable, "-c", COMPILING],
        input=PERSON.encode(),
        capture_output=True,
        check=False,
        timeout=110,
    )
    assert done.stdout.decode().splitlines() == ["['control']", "[]"], done.stderr.decode()


def test_what_was_loaded_stays():
    models = shipped(accurate=False)
    find_emails("ada@example.org")
    assert find_emails.cache_info().currsize
    forget_texts()
    assert not find_emails.cache_info().currsize
    assert shipped(accurate=False) is models


def test_the_caches_are_those_of_texts():
    found = {cache.__name__ for cache in caches_of_texts()}
    assert {"find_emails", "find_phones", "_name_score", "_cut"} <= found
    assert not {"shipped", "load_taxonomy", "plan_of"} & found
    assert all(isinstance(one, functools._lru_cache_wrapper) for one in caches_of_texts())
