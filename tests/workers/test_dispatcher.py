"""What is due is handed out once, fairly, and again whenever Redis or a worker is lost."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from redis import Redis
from rq import Queue, SimpleWorker
from rq.job import Job, JobStatus
from rq.serializers import JSONSerializer

from digitize.identity import document_id
from storage.api import Arrival, PageRange, Priority, Spread
from tests.workers.office import Office
from workers.dispatcher import JOB, QUEUES, Dispatcher
from workers.processes import open_redis


@pytest.fixture
def redis(office: Office) -> Iterator[Redis]:
    with open_redis(office.config) as connection:
        connection.flushall()
        yield connection


@pytest.fixture
def dispatcher(office: Office, redis: Redis) -> Dispatcher:
    return Dispatcher(office.config, office.bench.catalogue, redis)


def register(office: Office, *, unit: str = "H99.01", priority: Priority = "default") -> str:
    sha256 = secrets.token_hex(32)
    identity = document_id(unit=unit, dossier="D1", component="TP01", sha256=sha256)
    arrival = Arrival(
        document_id=identity,
        unit=unit,
        dossier="D1",
        component="TP01",
        role="component",
        filename="Nông Minh Khuê.jpg",
        sha256=sha256,
        size=10,
        media_type="image/jpeg",
        priority=priority,
    )
    assert office.bench.catalogue.register(arrival)
    return identity


def enqueued(redis: Redis) -> list[str]:
    """Document ids in the order in which a worker takes them."""
    jobs = [job for name in QUEUES for job in Queue(name, connection=redis, serializer=JSONSerializer).jobs]
    return [job.args[0] for job in jobs]


def test_a_document_is_enqueued_once(office: Office, dispatcher: Dispatcher, redis: Redis) -> None:
    identity = register(office)
    assert [dispatcher.run_once() for _ in range(3)] == [1, 0, 0]
    assert enqueued(redis) == [identity]


def test_a_job_carries_id_and_stage_and_nothing_of_a_person(
    office: Office, dispatcher: Dispatcher, redis: Redis
) -> None:
    identity = register(office)
    dispatcher.run_once()
    job = Job.fetch(f"{identity}-inspect-0", connection=redis, serializer=JSONSerializer)
    assert (job.func_name, job.args, job.kwargs, job.meta) == (JOB, [identity, "inspect"], {}, {})
    for key in redis.scan_iter():
        stored = redis.dump(key)
        assert stored is not None
        assert "Khuê".encode() not in stored


def test_what_redis_forgot_is_enqueued_again(office: Office, dispatcher: Dispatcher, redis: Redis) -> None:
    identities = [register(office), register(office)]
    assert dispatcher.run_once() == 2
    redis.flushall()
    assert dispatcher.run_once() == 2
    assert enqueued(redis) == identities


def test_every_page_range_is_a_job_and_comes_back_when_redis_is_lost(
    office: Office, dispatcher: Dispatcher, redis: Redis
) -> None:
    identity = register(office)
    lease = office.bench.catalogue.claim(identity, "inspect", "me", timedelta(seconds=60))
    assert lease is not None
    office.bench.catalogue.settle(lease, Spread((PageRange(1, 8), PageRange(9, 17))))
    for _ in range(2):
        assert [dispatcher.run_once() for _ in range(2)] == [2, 0]
        for first_page in (1, 9):
            job = Job.fetch(f"{identity}-recognize-{first_page}-0", connection=redis, serializer=JSONSerializer)
            assert job.args == [identity, "recognize"]
        redis.flushall()


def test_the_next_attempt_is_another_job(office: Office, dispatcher: Dispatcher, redis: Redis) -> None:
    identity = register(office)
    dispatcher.run_once()
    assert office.bench.catalogue.claim(identity, "inspect", "gone", timedelta(seconds=1)) is not None
    redis.flushall()
    assert dispatcher.run_once() == 0  # under lease
    office.clock.advance(2)
    assert dispatcher.run_once() == 1
    assert Job.exists(f"{identity}-inspect-1", connection=redis)


def started_by_a_worker_that_vanished(redis: Redis, job_id: str, started_at: datetime) -> None:
    job = Job.fetch(job_id, connection=redis, serializer=JSONSerializer)
    Queue("default", connection=redis, serializer=JSONSerializer).empty()
    job.save()
    job.prepare_for_execution(f"vanished-{uuid4()}", redis.pipeline())
    job.started_at = started_at
    job.set_status(JobStatus.STARTED)
    job.save()


def test_a_job_whose_worker_vanished_before_its_claim_is_enqueued_again_after_a_lease(
    office: Office, dispatcher: Dispatcher, redis: Redis
) -> None:
    identity = register(office)
    dispatcher.run_once()
    lease = timedelta(seconds=office.config.workers.lease_s)
    started_by_a_worker_that_vanished(redis, f"{identity}-inspect-0", datetime.now(UTC))
    assert dispatcher.run_once() == 0
    started_by_a_worker_that_vanished(redis, f"{identity}-inspect-0", datetime.now(UTC) - lease)
    assert dispatcher.run_once() == 1
    assert enqueued(redis) == [identity]


def test_a_job_taken_from_its_list_by_a_worker_that_died_is_enqueued_again_after_a_lease(
    office: Office, dispatcher: Dispatcher, redis: Redis
) -> None:
    """What RQ leaves where BLPOP's answer is lost with the connection or the worker: "queued", in no list."""
    identity = register(office)
    dispatcher.run_once()
    queue = Queue("default", connection=redis, serializer=JSONSerializer)
    assert redis.lpop(queue.key) == f"{identity}-inspect-0".encode()
    assert dispatcher.run_once() == 0
    job = Job.fetch(f"{identity}-inspect-0", connection=redis, serializer=JSONSerializer)
    assert job.get_status() == JobStatus.QUEUED
    job.enqueued_at = datetime.now(UTC) - timedelta(seconds=office.config.workers.lease_s)
    job.save()
    assert [dispatcher.run_once() for _ in range(2)] == [1, 0]
    assert enqueued(redis) == [identity]


def test_a_job_that_waits_long_in_its_list_is_left_there(office: Office, dispatcher: Dispatcher, redis: Redis) -> None:
    identity = register(office)
    dispatcher.run_once()
    job = Job.fetch(f"{identity}-inspect-0", connection=redis, serializer=JSONSerializer)
    job.enqueued_at = datetime.now(UTC) - timedelta(days=1)
    job.save()
    assert dispatcher.run_once() == 0
    assert enqueued(redis) == [identity]


def test_a_failed_job_does_not_stand_in_the_way(office: Office, dispatcher: Dispatcher, redis: Redis) -> None:
    identity = register(office)
    dispatcher.run_once()
    job = Job.fetch(f"{identity}-inspect-0", connection=redis, serializer=JSONSerializer)
    Queue("default", connection=redis, serializer=JSONSerializer).empty()
    job.save()
    job.set_status(JobStatus.FAILED)
    assert dispatcher.run_once() == 1
    assert enqueued(redis) == [identity]


def test_whoever_waits_at_the_counter_goes_first_and_units_take_turns(
    office: Office, dispatcher: Dispatcher, redis: Redis
) -> None:
    bulk = register(office, priority="bulk")
    crowd = [register(office, unit="H99.01") for _ in range(3)]
    small = register(office, unit="H99.02")
    urgent = register(office, unit="H99.02", priority="urgent")
    object.__setattr__(office.config, "workers", office.config.workers.model_copy(update={"count": 2}))
    assert dispatcher.run_once() == 6
    assert enqueued(redis) == [urgent, crowd[0], small, crowd[1], crowd[2], bulk]


def test_few_jobs_wait_so_that_a_late_urgent_one_is_not_behind_a_thousand(
    office: Office, dispatcher: Dispatcher, redis: Redis
) -> None:
    for _ in range(9):
        register(office, priority="bulk")
    dispatcher.run_once()
    assert 0 < len(enqueued(redis)) < 9
    urgent = register(office, priority="urgent")
    dispatcher.run_once()
    assert enqueued(redis)[0] == urgent


def test_a_worker_takes_what_was_enqueued(office: Office, dispatcher: Dispatcher, redis: Redis) -> None:
    """The job's name leads to a function that can be called with its arguments, as RQ does it."""
    identity = register(office)
    dispatcher.run_once()
    job = Job.fetch(f"{identity}-inspect-0", connection=redis, serializer=JSONSerializer)
    assert job.func.__module__ == "workers.jobs"
    queues = [Queue(name, connection=redis, serializer=JSONSerializer) for name in QUEUES]
    worker = SimpleWorker(queues, connection=redis, serializer=JSONSerializer)
    taken, queue = Queue.dequeue_any(worker.queues, None, connection=redis, serializer=JSONSerializer) or (None, None)
    assert taken is not None
    assert queue is not None
    assert (taken.id, queue.name) == (job.id, "default")
