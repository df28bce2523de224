from evaluation.compare import same_skill, same_text
from evaluation.metrics import Counts, count_list, count_single, figure, score_document, summarise
from evaluation.records import from_gold, from_json_resume

JOB = {"name": "Kestrel Payments", "position": "Engineer", "startDate": "2020-03"}


def test_a_gold_value_is_found_once():
    assert count_list(["SQL"], ["SQL", "SQL"], same_skill) == Counts(1, 2, 1)


def test_several_gold_values_of_a_single_field_are_alternatives():
    assert count_single(["a@x.example", "b@x.example"], ["b@x.example"], same_text).right == 1


def test_nothing_predicted_where_nothing_was_to_be_found_is_perfect():
    assert figure(Counts(0, 0, 0)).f1 == 1.0
    assert figure(Counts(0, 0, 3)).f1 == 0.0
    assert figure(Counts(0, 2, 0)).f1 == 0.0


def test_an_open_end_is_the_present():
    gold = from_gold({"work": [{**JOB, "endDate": "present"}], "skills": [], "interests": []})
    score = score_document(gold, from_json_resume({"work": [JOB]}))
    assert score.counts["work.endDate"] == Counts(1, 1, 1)
    assert score.counts["work.entry"] == Counts(1, 1, 1)


def test_an_open_end_says_nothing_wrong_where_the_gold_has_none():
    gold = from_gold({"work": [{**JOB, "endDate": None}], "skills": [], "interests": []})
    score = score_document(gold, from_json_resume({"work": [JOB]}))
    assert score.counts["work.endDate"] == Counts(0, 0, 0)


def test_an_invented_entry_costs_precision():
    gold = from_gold({"work": [JOB]})
    invented = {"name": "Nobody", "position": "Ghost", "startDate": "1999", "endDate": "2000"}
    score = score_document(gold, from_json_resume({"work": [JOB, invented]}))
    assert score.counts["work.name"] == Counts(1, 2, 1)
    assert score.counts["work.entry"] == Counts(1, 2, 1)


def test_overall_is_the_mean_of_the_groups():
    gold = from_gold({"skills": ["SQL"], "work": [JOB]})
    counts = score_document(gold, from_json_resume({"skills": ["SQL"]})).counts
    figures = summarise([counts])
    groups = [value.f1 for name, value in figures.items() if name.startswith("= ")]
    assert figures["== overall"].f1 == sum(groups) / 5
    assert figures["= skills"].f1 == 1.0
    assert figures["= work"].f1 == 0.0
