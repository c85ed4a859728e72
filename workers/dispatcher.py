"""Hands out what the catalogue says is due. Redis may be lost at any moment: what is due stays due."""

import logging
from datetime import UTC, datetime, timedelta
from typing import get_args

from redis import Redis
from rq import Queue
from rq.exceptions import NoSuchJobError
from rq.job import Job, JobStatus
from rq.serializers import JSONSerializer

from digitize.config import Config
from storage.api import Catalogue, Due, Priority

log = logging.getLogger(__name__)

QUEUES: tuple[Priority, ...] = get_args(Priority)
"""urgent, default, bulk; workers take them in this order."""
JOB = "workers.jobs.work"
_WAITING_PER_WORKER = 4
"""Jobs kept ready in Redis: few, so that the catalogue's fair order decides late; enough that no worker idles."""
_FAILED_JOBS_KEPT_S = 60


class Dispatcher:
    def __init__(self, config: Config, catalogue: Catalogue, redis: Redis) -> None:
        self._config = config
        self._catalogue = catalogue
        self._redis = redis
        self._queues = {name: Queue(name, connection=redis, serializer=JSONSerializer) for name in QUEUES}

    def run_once(self) -> int:
        """Enqueue what is due and not enqueued yet, in the catalogue's order; the number of jobs enqueued."""
        return sum(self._enqueue(due) for due in self._catalogue.due(self._config.workers.count * _WAITING_PER_WORKER))

    def _enqueue(self, due: Due) -> bool:
        """One job per document, stage and attempt, or per page range and attempt. Enqueuing twice does no harm,
        since only one claim wins.
        """
        job_id = f"{due.document_id}-{due.stage}-{due.attempt}"
        if due.first_page:
            job_id = f"{due.document_id}-{due.stage}-{due.first_page}-{due.attempt}"
        if self._is_under_way(job_id):
            return False
        self._queues[due.priority].enqueue(
            JOB,
            due.document_id,
            due.stage,
            job_id=job_id,
            job_timeout=self._config.limits.job_time_limit_s,
            result_ttl=0,
            failure_ttl=_FAILED_JOBS_KEPT_S,
            description=job_id,
        )
        return True

    def _is_under_way(self, job_id: str) -> bool:
        """Queued, or taken so lately that its worker may still be about to claim the document."""
        try:
            job = Job.fetch(job_id, connection=self._redis, serializer=JSONSerializer)
        except NoSuchJobError:
            return False
        if job.get_status() == JobStatus.QUEUED:
            return True
        begun = job.started_at
        grace = timedelta(seconds=self._config.workers.lease_s)
        if job.get_status() == JobStatus.STARTED and begun is not None and datetime.now(UTC) - _aware(begun) < grace:
            return True
        job.delete()
        return False


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
