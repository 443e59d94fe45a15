"""The scenes of the samples in asyncio itself, in virtual time; prints each line after its time."""
import asyncio
import selectors
import sys


class VirtualClock(selectors.SelectSelector):
    """Advances the clock to the next timer instead of waiting for it."""

    def __init__(self):
        super().__init__()
        self.now = 0.0

    def select(self, timeout=None):
        if timeout:
            self.now += timeout
        return super().select(0)


selector = VirtualClock()
loop = asyncio.SelectorEventLoop(selector)
loop.time = lambda: selector.now
start = 0.0


def log(line):
    print(f"{loop.time() - start:.1f} {line}")


async def work(name, seconds, fails=False):
    log(f"{name} starts")
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        log(f"{name} cancelled")
        raise
    if fails:
        log(f"{name} fails")
        raise ValueError(f"{name} failed")
    log(f"{name} ends")
    return name


def fails(name, seconds):
    return work(name, seconds, fails=True)


def task(coroutine):
    return asyncio.create_task(coroutine)


async def caught(awaitable):
    try:
        await awaitable
    except asyncio.CancelledError:
        log("raised: cancelled")
    except TimeoutError:
        log("raised: timed out")
    except ExceptionGroup as group:
        log(f"raised: {group.exceptions[0]}")
    except ValueError as e:
        log(f"raised: {e}")


async def awaiting():
    result = await work("A", 1)
    log(f"awaited: {result}")


async def cancelling():
    a = task(work("A", 2))
    await asyncio.sleep(1)
    a.cancel()
    await caught(a)


async def cancelling_early():
    a = task(work("A", 2))
    a.cancel()
    await caught(a)


async def gather():
    results = await asyncio.gather(work("A", 2), work("B", 1))
    log(f"gathered: [{', '.join(results)}]")


async def gather_failing():
    await caught(asyncio.gather(work("A", 3), fails("B", 1), work("C", 2)))
    await asyncio.sleep(3)


async def return_exceptions():
    results = await asyncio.gather(
        work("A", 3), fails("B", 1), work("C", 2), return_exceptions=True)
    log(f"gathered: [{', '.join(map(str, results))}]")


async def wait_for():
    await caught(asyncio.wait_for(work("A", 2), 1))


async def as_completed():
    tasks = [task(work("A", 3)), task(work("B", 1)), task(work("C", 1.5))]

    async def results():
        for next_one in asyncio.as_completed(tasks, timeout=2):
            log(f"completed: {await next_one}")

    await caught(results())
    await asyncio.sleep(2)


async def wait(when, *coroutines):
    tasks = {task(c): c.cr_frame.f_locals["name"] for c in coroutines}
    done, pending = await asyncio.wait(tasks, return_when=when)
    log(f"done: {sorted(tasks[t] for t in done)}, pending: {sorted(tasks[t] for t in pending)}"
        .replace("'", ""))
    for t in done:
        t.exception()
    await asyncio.sleep(2)


async def first_completed():
    await wait(asyncio.FIRST_COMPLETED, work("A", 3), work("B", 1), work("C", 2))


async def first_exception():
    await wait(asyncio.FIRST_EXCEPTION, work("A", 3), work("B", 1), fails("C", 2))


async def all_completed():
    await wait(asyncio.ALL_COMPLETED, work("A", 2), fails("B", 1), work("C", 1.5))


async def group(*coroutines):
    async with asyncio.TaskGroup() as scope:
        for coroutine in coroutines:
            scope.create_task(coroutine)


async def all_succeed():
    await group(work("A", 3), work("B", 1), work("C", 2))
    log("scope ends")


async def one_fails():
    await caught(group(work("A", 3), fails("B", 1), work("C", 2)))


async def scope_cancelled():
    async def scope():
        async with asyncio.timeout(1.5):
            await group(work("A", 3), work("B", 1), work("C", 2))

    await caught(scope())


WAITING = {
    "await": awaiting,
    "create_task, cancel": cancelling,
    "create_task, cancel at once": cancelling_early,
    "gather": gather,
    "gather, one fails": gather_failing,
    "gather(return_exceptions=True)": return_exceptions,
    "wait_for(timeout=1)": wait_for,
    "as_completed(timeout=2)": as_completed,
    "wait(FIRST_COMPLETED)": first_completed,
    "wait(FIRST_EXCEPTION)": first_exception,
    "wait(ALL_COMPLETED)": all_completed,
}

TASK_GROUP = {
    "all succeed": all_succeed,
    "one fails": one_fails,
    "the scope is cancelled": scope_cancelled,
}


async def main():
    global start
    scenes = TASK_GROUP if sys.argv[1] == "taskgroup" else WAITING
    for title, scene in scenes.items():
        print(f"-- {title}")
        start = loop.time()
        await scene()


loop.run_until_complete(main())
