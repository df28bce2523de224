"""What runs beside the API in a server process: dispatcher, reaper, sealer and others."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Self

from resume_processor.bootstrap import Services
from resume_processor.runtime.broker import Broker
from resume_processor.runtime.dispatcher import Dispatcher
from resume_processor.runtime.eraser import Eraser
from resume_processor.runtime.janitor import Janitor
from resume_processor.runtime.progress import mark_progress
from resume_processor.runtime.reaper import Reaper
from resume_processor.runtime.retention import Retention
from resume_processor.runtime.sealer import Sealer
from resume_processor.runtime.supervised_thread import SupervisedThread
from resume_processor.runtime.viewing_writer import ViewingWriter
from resume_processor.runtime.webhook_sender import SENDERS, WebhookSender


class Background:
    """Context manager: they run for as long as the block does."""

    def __init__(self, services: Services, *, memory: Callable[[], object] = lambda: None) -> None:
        """``memory`` tidies up what this process keeps, every few seconds."""
        self._services = services
        self._broker = Broker(services.settings.redis_url)
        dispatcher, reaper = Dispatcher(services, self._broker), Reaper(services)
        self.dispatcher = SupervisedThread("dispatcher", dispatcher.step, on_turn=mark_progress)
        self.reaper = SupervisedThread("reaper", reaper.reap, pause=reaper.pause)
        tidying = {
            "janitor": Janitor(services).step,
            "eraser": Eraser(services).step,
            "retention": Retention(services).step,
            "memory": memory,
        }
        sealer, self._viewings = Sealer(services), ViewingWriter(services)
        self._others = [
            SupervisedThread("sealer", sealer.step, pause=sealer.pause),
            SupervisedThread("viewings", self._viewings.step, pause=self._viewings.pause),
            *(SupervisedThread(name, do, pause=reaper.pause) for name, do in tidying.items()),
            *(_sender(services, number) for number in range(1, SENDERS + 1)),
        ]

    def start(self) -> None:
        """Begin to publish, to reap, to tidy up and to tell webhooks."""
        for thread in (self.dispatcher, self.reaper, *self._others):
            thread.start()

    def stop(self) -> None:
        """End them; what waits stays in the table."""
        threads = (self.dispatcher, self.reaper, *self._others)
        for thread in threads:
            thread.ask_to_stop()
        self._services.wake()  # after that, so that no further turn begins to wait
        for thread in threads:
            thread.stop()
        self._broker.close()
        self._viewings.finish()

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


def _sender(services: Services, number: int) -> SupervisedThread:
    sender = WebhookSender(services)
    return SupervisedThread(f"webhooks-{number}", sender.step, pause=sender.pause)
