"""Hands out what the catalogue says is due. Redis may be lost at any moment: what is due stays due."""

import logging
from datetime import UTC, datetime, timedelta
from typing import get_args

from redis import Redis
from rq import Queue
from rq.exceptions import NoSuchJobError
from rq.job import Job, JobStatus
from rq.serializers import JSONSerializer

from digitize.config import Config, Signing
from storage.api import Catalogue, Due, Priority

log = logging.getLogger(__name__)

QUEUES: tuple[Priority, ...] = get_args(Priority)
"""urgent, default, bulk; workers take them in this order."""
TSA_QUEUES = ("sealing", "preservation")
"""For the workers that may wait for a timestamp server: papers about to be published before those that are."""
JOB = "workers.jobs.work"
PRESERVATION_JOB = "workers.preservation.work"
_WAITING_PER_WORKER = 4
"""Jobs kept ready in Redis: few, so that the catalogue's fair order decides late; enough that no worker idles."""
_FAILED_JOBS_KEPT_S = 60


def margins(config: Signing) -> dict[str, timedelta]:
    """For the catalogue: how long after publication and before the end of a timestamp a paper is due."""
    return {
        "grace": timedelta(hours=config.preservation_grace_h),
        "ahead": timedelta(days=config.renewal_ahead_days),
    }


class Dispatcher:
    def __init__(self, config: Config, catalogue: Catalogue, redis: Redis) -> None:
        self._config = config
        self._catalogue = catalogue
        self._redis = redis
        names = (*QUEUES, *TSA_QUEUES)
        self._queues = {name: Queue(name, connection=redis, serializer=JSONSerializer) for name in names}

    def run_once(self) -> int:
        """Enqueue what is due and not enqueued yet, in the catalogue's order; the number of jobs enqueued."""
        ready = self._config.workers.count * _WAITING_PER_WORKER
        if not self._config.signing.waits:
            return sum(self._enqueue(one, one.priority) for one in self._catalogue.due(ready))
        # What waits for the timestamp server must not take the places of what is to be recognized.
        others = self._catalogue.due(ready, sealing=False)
        sealing = self._catalogue.due(self._config.signing.tsa_connections * _WAITING_PER_WORKER, sealing=True)
        enqueued = sum(self._enqueue(one, one.priority) for one in others)
        enqueued += sum(self._enqueue(one, "sealing") for one in sealing)
        return enqueued + self._enqueue_preservation()

    def _enqueue_preservation(self) -> int:
        """One job for each worker that may wait for the timestamp server; each takes what is due, batch by batch."""
        signing = self._config.signing
        if signing.tsa_url is None or not self._catalogue.preservation_is_due(**margins(signing)):
            return 0
        enqueued = 0
        for number in range(signing.tsa_connections):
            job_id = f"preservation-{number}"
            if not self._is_under_way(job_id):
                self._queues["preservation"].enqueue(
                    PRESERVATION_JOB,
                    job_id=job_id,
                    job_timeout=self._config.limits.job_time_limit_s,
                    result_ttl=0,
                    failure_ttl=_FAILED_JOBS_KEPT_S,
                    description=job_id,
                )
                enqueued += 1
        return enqueued

    def _enqueue(self, due: Due, queue: str) -> bool:
        """One job per document, stage and attempt, or per page range and attempt. Enqueuing twice does no harm,
        since only one claim wins.
        """
        job_id = f"{due.document_id}-{due.stage}-{due.attempt}"
        if due.first_page:
            job_id = f"{due.document_id}-{due.stage}-{due.first_page}-{due.attempt}"
        if self._is_under_way(job_id):
            return False
        self._queues[queue].enqueue(
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
        status = job.get_status()
        # Its word alone is not believed: whoever takes a job from its list and dies, or loses the connection, before
        # saying that it began leaves it "queued" in no list, for ever.
        if status == JobStatus.QUEUED and self._stands_in_its_list(job):
            return True
        since = {JobStatus.QUEUED: job.enqueued_at, JobStatus.STARTED: job.started_at}.get(status)
        grace = timedelta(seconds=self._config.workers.lease_s)
        if since is not None and datetime.now(UTC) - _aware(since) < grace:
            return True
        job.delete()
        return False

    def _stands_in_its_list(self, job: Job) -> bool:
        queue = self._queues.get(job.origin)
        return queue is not None and queue.get_job_position(job.id) is not None


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
