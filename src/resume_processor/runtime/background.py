"""What runs beside the API in a server process: the dispatcher, the reaper and the janitor."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from resume_processor.bootstrap import Services
from resume_processor.runtime.broker import Broker
from resume_processor.runtime.dispatcher import Dispatcher
from resume_processor.runtime.janitor import Janitor
from resume_processor.runtime.progress import mark_progress
from resume_processor.runtime.reaper import Reaper
from resume_processor.runtime.supervised_thread import SupervisedThread


class Background:
    """Context manager: they run for as long as the block does."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._broker = Broker(services.settings.redis_url)
        dispatcher, reaper = Dispatcher(services, self._broker), Reaper(services)
        self.dispatcher = SupervisedThread("dispatcher", dispatcher.step, on_turn=mark_progress)
        self.reaper = SupervisedThread("reaper", reaper.reap, pause=reaper.pause)
        janitor = Janitor(services)
        self._janitor = SupervisedThread("janitor", janitor.step, pause=reaper.pause)

    def start(self) -> None:
        """Begin to publish, to reap and to tidy up."""
        self.dispatcher.start()
        self.reaper.start()
        self._janitor.start()

    def stop(self) -> None:
        """End them; what waits stays in the table."""
        self.dispatcher.ask_to_stop()
        self.reaper.ask_to_stop()
        self._janitor.ask_to_stop()
        self._services.wake()  # after that, so that no further turn begins to wait
        self.dispatcher.stop()
        self.reaper.stop()
        self._janitor.stop()
        self._broker.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
