"""The Celery application: broker and result backend in Redis, every setting in one place."""

from __future__ import annotations

from celery import Celery

from resume_processor.settings import Settings

_settings = Settings()

#: Broker and result backend; from the environment, redis://localhost:6379/0 if unset.
REDIS_URL = _settings.redis_url

#: Seconds until a silent connection counts as broken, and until a connect attempt does.
_SOCKET_SECONDS = 5.0
_CONNECT_SECONDS = 3.0

#: For broker and result backend alike: a half-open connection is noticed in seconds.
_TRANSPORT = {
    "socket_timeout": _SOCKET_SECONDS,
    "socket_connect_timeout": _CONNECT_SECONDS,
    "socket_keepalive": True,
    "health_check_interval": 10,
}

celery_app = Celery(
    "resume_processor",
    broker=REDIS_URL,
    backend=REDIS_URL,
    include=["resume_processor.tasks"],
)

# Results are asked for by id; nobody subscribes to them, so publishing must not do so either.
celery_app.loader.override_backends = {
    "redis": "resume_processor.celery_config.result_backend:ResultBackend",
    "rediss": "resume_processor.celery_config.result_backend:ResultBackend",
}

if REDIS_URL.startswith("redis://"):  # Kombu sets TLS up by the name of its own transport
    celery_app.conf.broker_transport = "resume_processor.celery_config.broker_transport:Transport"

# Given: these are part of what the service is, and stay as they are.
celery_app.conf.update(
    task_serializer="json",
    accept_content=["json"],
    result_serializer="json",
    timezone="UTC",
    enable_utc=True,
    task_track_started=True,
    task_time_limit=300,
    task_soft_time_limit=240,
    worker_prefetch_multiplier=1,
    worker_max_tasks_per_child=1000,
)

# Added: what keeps a worker going when its surroundings do not. A message is only a hint (the row
# in the database is the truth), so acknowledgements stay early and losing one costs nothing.
celery_app.conf.update(
    # No copies of what workers hold: nobody would look at them for an hour, and by then the
    # dispatcher has long published the row again.
    broker_transport_options={**_TRANSPORT, "ack_emulation": False},
    redis_socket_timeout=_SOCKET_SECONDS,
    redis_socket_connect_timeout=_CONNECT_SECONDS,
    redis_socket_keepalive=True,
    redis_backend_health_check_interval=10,
    broker_connection_timeout=_CONNECT_SECONDS,
    broker_connection_retry=True,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    # A parse that runs needs no broker: its result goes to the database.
    worker_cancel_long_running_tasks_on_connection_loss=False,
    # Seconds that running tasks get to finish before they are handed back.
    worker_soft_shutdown_timeout=_settings.shutdown_seconds,
    worker_concurrency=_settings.workers,
    # Events: a monitor sees each task sent, received, started and ended.
    worker_send_task_events=True,
    worker_consumer="resume_processor.celery_config.consumer:Consumer",
    task_send_sent_event=True,
    # The dispatcher tries again by itself; it must not hang in one publish.
    task_publish_retry_policy={
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0.2,
        "interval_max": 0.2,
    },
    result_expires=7 * 24 * 3600,
    result_backend_transport_options={
        "retry_policy": {"max_retries": 2, "interval_start": 0, "interval_max": 1.0},
    },
)
