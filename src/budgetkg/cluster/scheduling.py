"""Documents given to the workers of a Dask scheduler, and their outcomes in the order of the sources."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from budgetkg.cluster.keeper import Keeper, Reading
from budgetkg.cluster.needed import needed
from budgetkg.errors import BudgetkgError, UnreadableDocument
from budgetkg.messages import Message
from budgetkg.pipeline.document import Job, Outcome, lost
from budgetkg.pipeline.guarded import Limits
from budgetkg.pipeline.software import software
from budgetkg.pipeline.sources import read_bytes

if TYPE_CHECKING:
    from distributed import Client, Future

# How many documents for each thread of the cluster are on their way at once: enough that none waits.
_AHEAD = 4
# Seconds to wait for the scheduler, and for the first worker to join it.
_PATIENCE = 30
# Bytes of one document that are sent without Dask's advice to send less: it can't be less than a source.
_LARGE = "1GiB"

_kept = threading.local()


def read_on_worker(function: Reading, job: Job, data: bytes, limits: Limits, same: str) -> Outcome:
    """Run by a worker: the outcome of one source, read by a process that this thread keeps.

    Raises :class:`BudgetkgError` where the worker's program isn't the one (``same``) of who asks: its graph
    would be another.
    """
    if software() != same:
        raise BudgetkgError("worker-differs")
    if not hasattr(_kept, "keeper"):
        _kept.keeper = Keeper()
    try:
        outcome: Outcome = _kept.keeper.outcome(function, job, data, limits)
    except EOFError:
        return lost(job, Message("process-ended"))
    return outcome


def over_cluster(
    address: str,
    function: Reading,
    jobs: Sequence[Job],
    *,
    limits: Limits,
    run: Callable[..., Outcome] = read_on_worker,
) -> Iterator[Outcome]:
    """The outcomes of sources, read by the workers of the scheduler at an address, in their order.

    A document whose worker ends is given to another one; one that ends several workers, the last time while
    it is alone in the cluster, is lost, with that reason. Raises :class:`BudgetkgError` where there is no
    scheduler, no worker, or another program.
    """
    with _connected(address) as client:
        crew = _Crew(client, address, partial(run, function, limits=limits, same=software()))
        most = _AHEAD * sum(client.nthreads().values())
        left = iter(jobs)
        while True:
            crew.give(islice(left, most - len(crew.sent)))
            if not crew.sent:
                return
            yield crew.next()


@dataclass(slots=True)
class _Crew:
    """The workers, and the documents that are on their way, in order."""

    client: Client
    address: str
    run: Callable[[Job, bytes], Outcome]
    sent: deque[tuple[Job, Outcome | Future[Outcome]]] = field(default_factory=deque)

    def give(self, jobs: Iterable[Job]) -> None:
        """Send documents; one that can't be read is lost before."""
        self.sent.extend((job, self._sent(job)) for job in jobs)

    def next(self) -> Outcome:
        """Wait for the outcome of the document that was sent first."""
        from distributed.scheduler import KilledWorker

        job, one = self.sent.popleft()
        if isinstance(one, Outcome):
            return one
        try:
            return self._taken(one)
        except KilledWorker:  # it may only have waited beside another document, which ended the workers
            self._until_all_are_done()
        again = self._sent(job)
        try:
            return again if isinstance(again, Outcome) else self._taken(again)
        except KilledWorker:
            return lost(job, Message("workers-ended"))

    def _sent(self, job: Job) -> Outcome | Future[Outcome]:
        try:
            data = read_bytes(job.path)
        except UnreadableDocument as error:
            return lost(job, error.cause)
        future: Future[Outcome] = self.client.submit(self.run, job, data, pure=False)
        return future

    def _taken(self, future: Future[Outcome]) -> Outcome:
        from distributed.client import FutureCancelledError
        from distributed.comm import CommClosedError

        try:
            outcome: Outcome = future.result()
        except (CommClosedError, FutureCancelledError, TimeoutError) as error:
            raise BudgetkgError("scheduler-lost", address=self.address) from error
        except (AttributeError, ImportError, RuntimeError) as error:  # it doesn't know what it is to run
            raise BudgetkgError("worker-differs") from error
        return outcome

    def _until_all_are_done(self) -> None:
        for _, one in self.sent:
            if not isinstance(one, Outcome):
                one.exception()  # waits


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    needed("distributed")
    import dask
    from distributed import Client

    with dask.config.set({"distributed.admin.large-graph-warning-threshold": _LARGE}):
        try:
            client = Client(address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise BudgetkgError("no-scheduler", address=address) from error
        with client:
            try:
                client.wait_for_workers(1, timeout=_PATIENCE)
            except TimeoutError as error:
                raise BudgetkgError("no-workers", address=address) from error
            yield client
