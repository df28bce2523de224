"""The shipped taxonomy: how fast it loads, what its relations say."""

import subprocess
import sys

from resume_processor.skills.taxonomy import ConceptKind, Relation
from resume_processor.skills.taxonomy_file import from_bytes, load_taxonomy, to_bytes

LOAD = """
import resource, time
import resume_processor.skills.taxonomy_file as file
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.process_time()
file.load_taxonomy()
print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def _number(name):
    number = load_taxonomy().number_of(name)
    assert number is not None
    return number


def test_it_loads_in_300_ms_and_100_mb():
    out = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True)
    seconds, kib = out.stdout.split()
    assert float(seconds) < 0.3
    assert int(kib) < 100 * 1024


def test_it_holds_esco_and_onet():
    sources = {concept.split(":", 1)[0] for concept in load_taxonomy().ids}
    assert sources == {"esco", "onet", "own"}
    assert len(load_taxonomy()) > 20_000


def test_names_are_looked_up_in_any_case():
    taxonomy = load_taxonomy()
    assert taxonomy.names[_number("k8s")] == "Kubernetes"
    assert taxonomy.number_of("no such skill at all") is None


def test_django_implies_python_and_spring_implies_java():
    taxonomy = load_taxonomy()
    assert taxonomy.speaks_for(_number("Django"))[_number("Python")] is Relation.IMPLIES
    assert taxonomy.speaks_for(_number("Spring Boot"))[_number("Java")] is Relation.IMPLIES


def test_a_kind_of_it_shows_it_but_not_the_other_way_round():
    taxonomy = load_taxonomy()
    gst, taxation = _number("GST"), _number("taxation")
    assert taxonomy.speaks_for(gst)[taxation] is Relation.BROADER
    assert gst not in taxonomy.speaks_for(taxation)
    assert taxonomy.related(taxation, gst) is Relation.NARROWER


def test_members_of_a_group_are_related():
    taxonomy = load_taxonomy()
    assert taxonomy.related(_number("MySQL"), _number("PostgreSQL")) is Relation.RELATED
    assert taxonomy.related(_number("MySQL"), _number("MySQL")) is None


def test_a_language_people_speak_is_one():
    taxonomy = load_taxonomy()
    assert taxonomy.concept(_number("Spanish")).kind is ConceptKind.LANGUAGE


def test_the_file_says_what_it_was_written_from():
    taxonomy = load_taxonomy()
    data = to_bytes(taxonomy)
    assert to_bytes(from_bytes(data)) == data
    assert taxonomy.version.startswith("esco-1.1.1+onet-30.2+own-")
