"""Pages are kept for a while, the latest ones, by resume."""

from resume_processor.runtime.page_cache import PageCache


def test_a_value_is_made_once_and_the_oldest_goes_first():
    cache, made = PageCache(2), []

    def make(name):
        made.append(name)
        return name

    for resume_id, page in (("a", 1), ("a", 2), ("a", 1), ("b", 1), ("a", 1), ("a", 2)):
        name = f"{resume_id}{page}"
        assert cache.get_or_make(resume_id, page, lambda name=name: make(name)) == name
    assert made == ["a1", "a2", "b1", "a2"]
    assert cache.resumes() == {"a"}


def test_what_is_forgotten_is_made_again():
    cache = PageCache(9)
    for page in (1, 2):
        cache.get_or_make("a", page, lambda: "old")
    cache.get_or_make("b", 1, lambda: "old")
    cache.forget("a")
    assert cache.resumes() == {"b"}
    assert cache.get_or_make("a", 2, lambda: "new") == "new"
    assert cache.get_or_make("b", 1, lambda: "new") == "old"
