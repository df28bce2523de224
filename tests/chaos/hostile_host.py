"""``resume-processor worker`` on a machine of its own, with workers that can be harmed."""

from resume_processor.runtime import run_all
from resume_processor.settings import Settings
from tests.chaos.stage import hostile_worker


def main():
    build = run_all.worker_program
    run_all.worker_program = lambda *arguments, **options: hostile_worker(
        build(*arguments, **options)
    )
    settings = Settings()
    run_all.run_worker(settings, settings.workers)


if __name__ == "__main__":
    main()
