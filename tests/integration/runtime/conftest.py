import pytest

from tests.chaos.stage import Stage, wait_for


@pytest.fixture
def service(tmp_path):
    """A service that does not run yet."""
    stage = Stage(tmp_path)
    yield stage
    stage.close()


@pytest.fixture
def make_service(tmp_path):
    """The same with other settings."""
    made = []

    def make(**options):
        made.append(Stage(tmp_path, **options))
        return made[-1]

    yield make
    for stage in made:
        stage.close()


@pytest.fixture
def patiently():
    return wait_for
