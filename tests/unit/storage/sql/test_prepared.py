import pytest
from sqlalchemy import bindparam, delete, exc, insert, select, update

from resume_processor.storage.sql import tables
from resume_processor.storage.sql.database import Database
from resume_processor.storage.sql.migrate import migrate
from resume_processor.storage.sql.prepared import Prepared
from tests.contracts.storage.samples import at

WORKERS = tables.workers
ADD = insert(WORKERS)
OF = WORKERS.c.instance == bindparam("its")


def worker(instance, children=2):
    return {
        "instance": instance,
        "children": children,
        "memory_bytes": None,
        "seen_at": at(1),
    }


@pytest.fixture
def database(tmp_path):
    url = f"sqlite:///{tmp_path / 'database'}"
    migrate(url)
    made = Database(url)
    yield made
    made.close()


def test_it_comes_to_what_sqlalchemy_comes_to(database):
    find = select(WORKERS).where(WORKERS.c.children == 2).order_by(WORKERS.c.instance).limit(2)
    with database.write() as connection:
        Prepared(ADD).run_each(connection, [worker("b"), worker("a"), worker("c", 3)])
        found = Prepared(find).all(connection, {})
        theirs = connection.execute(find).all()
    assert [row.instance for row in found] == ["a", "b"]
    assert [tuple(row) for row in found] == [tuple(row) for row in theirs]
    assert found[0]._fields == theirs[0]._fields
    assert found[0].seen_at == at(1)


def test_one_statement_may_be_given_several_sets_of_columns(database):
    change = Prepared(update(WORKERS).where(OF))
    with database.write() as connection:
        connection.execute(ADD, worker("a"))
        assert change.run(connection, {"children": 5, "its": "a"}) == 1
        assert change.run(connection, {"memory_bytes": 7, "seen_at": at(2), "its": "a"}) == 1
        assert change.run(connection, {"children": 9, "its": "b"}) == 0
        [row] = connection.execute(select(WORKERS))
    assert (row.children, row.memory_bytes, row.seen_at) == (5, 7, at(2))


def test_what_is_deleted_can_be_returned(database):
    end = Prepared(delete(WORKERS).where(OF).returning(WORKERS))
    with database.write() as connection:
        connection.execute(ADD, worker("a"))
        gone = end.one_or_none(connection, {"its": "a"})
        assert gone is not None
        assert gone.seen_at == at(1)
        assert end.one_or_none(connection, {"its": "a"}) is None


def test_errors_are_sqlalchemys_and_tell_no_values(database):
    add = Prepared(ADD)
    with pytest.raises(exc.IntegrityError) as raised, database.write() as connection:
        add.run_each(connection, [worker("somebody")] * 2)
    assert "somebody" not in str(raised.value)
    with database.read() as connection:
        assert connection.execute(select(WORKERS)).all() == []


def test_text_that_is_no_text_is_refused_as_before(database):
    with pytest.raises(Exception, match="cannot be stored"), database.write() as connection:
        Prepared(ADD).run(connection, worker("\ud800"))


def test_lists_of_any_length_are_not_for_it(database):
    some = Prepared(select(WORKERS).where(WORKERS.c.instance.in_(["a", "b"])))
    with pytest.raises(AssertionError), database.read() as connection:
        some.all(connection, {})
