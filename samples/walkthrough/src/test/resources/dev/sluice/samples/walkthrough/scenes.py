"""The scenes of the samples in asyncio itself, in virtual time; prints each line after its time."""
import asyncio
import collections
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


async def nested():
    log("nested runs")
    return 42


async def not_awaited():
    coroutine = nested()
    log("nothing has run")
    coroutine.close()  # Otherwise: RuntimeWarning: coroutine 'nested' was never awaited.


async def nested_awaited():
    log(f"awaited: {await nested()}")


async def nested_task():
    a = task(nested())
    log("task created")
    log(f"awaited: {await a}")


async def naive():
    await work("A", 1)
    await work("B", 2)


async def naive_comprehension():
    results = [await work(name, 1) for name in "AB"]
    log(f"results: [{', '.join(results)}]")


async def two_tasks():
    a = task(work("A", 1))
    b = task(work("B", 2))
    await a
    await b


async def wait_for_gather():
    await caught(asyncio.wait_for(asyncio.gather(work("A", 2), work("B", 3)), 1.5))


async def wait_for_twice():
    await asyncio.wait_for(work("A", 1), 1.5)
    await asyncio.wait_for(work("B", 1), 1.5)


async def gather_cancelled():
    both = asyncio.gather(work("A", 2), work("B", 3))
    await asyncio.sleep(1)
    both.cancel()
    await caught(both)


async def timeout_over_two():
    async def both():
        async with asyncio.timeout(2):
            await work("A", 1)
            await work("B", 1.5)

    await caught(both())


def request(future, seconds):
    """A callback API: calls back after so many seconds."""
    log("request sent")

    def call_back():
        log("callback: 42")
        future.set_result(42)

    timer = loop.call_later(seconds, call_back)

    def cancel(done):
        if done.cancelled():
            timer.cancel()
            log("request cancelled")

    future.add_done_callback(cancel)


async def future():
    answer = loop.create_future()
    request(answer, 1)
    log(f"awaited: {await answer}")


async def future_cancelled():
    answer = loop.create_future()
    request(answer, 2)
    await asyncio.sleep(1)
    answer.cancel()
    await asyncio.sleep(0)
    await caught(answer)


def averager():
    total, count, average = 0.0, 0, None
    while True:
        total += yield average
        count += 1
        average = total / count


async def send():
    average = averager()
    next(average)
    for number in (10, 30, 5):
        log(f"send({number}) -> {average.send(number)}")
    average.close()


async def yield_from():
    def letters():
        yield from "AB"
        yield from "CD"

    log(f"yielded: [{', '.join(letters())}]")


async def generator_return():
    def total():
        yield 1
        yield 2
        return 3

    def outer():
        log(f"returned: {yield from total()}")

    for number in outer():
        log(f"yielded: {number}")


def block(seconds):
    """time.sleep in virtual time: no timer runs meanwhile."""
    selector.now += seconds


def total(name, began):
    log(f"{name}: {loop.time() - began:.1f} s")


async def count_sync():
    for _ in range(3):
        log("One")
        block(1)
        log("Two")
    total("count sync", start)


async def count_async():
    async def count():
        log("One")
        await asyncio.sleep(1)
        log("Two")

    await asyncio.gather(count(), count(), count())
    total("count async", start)


async def say_after(delay, what):
    await asyncio.sleep(delay)
    log(what)


async def say_both():
    began = loop.time()
    await say_after(1, "hello")
    await say_after(2, "world")
    total("sequential", began)
    began = loop.time()
    hello = task(say_after(1, "hello"))
    world = task(say_after(2, "world"))
    await hello
    await world
    total("concurrent", began)


async def worker(name, tasks, do):
    if not tasks:
        log(f"{name} finds nothing to do")
    while tasks:
        await asyncio.sleep(0)
        if tasks:
            number = tasks.popleft()
            log(f"{name} starts {number}")
            began = loop.time()
            await do(number)
            log(f"{name} ends {number} after {loop.time() - began:.1f} s")


async def work_queue(do):
    tasks = collections.deque([15, 10, 5, 2])
    await asyncio.gather(worker("One", tasks, do), worker("Two", tasks, do))
    total("total", start)


async def work_queue_v3():
    async def do(seconds):
        block(seconds)

    await work_queue(do)


async def work_queue_v4():
    await work_queue(asyncio.sleep)


async def semaphore():
    async def calls(limit, name):
        began, running, peak = loop.time(), 0, 0
        permits = asyncio.Semaphore(limit)

        async def call():
            nonlocal running, peak
            async with permits:
                running += 1
                peak = max(peak, running)
                await asyncio.sleep(1)
                running -= 1

        await asyncio.gather(*(call() for _ in range(12)))
        log(f"{name}: peak in flight {peak}, {loop.time() - began:.1f} s")

    await calls(12, "no limit")
    await calls(3, "flatMap(…, 3)")


NESTED = {
    "nested(), not awaited": not_awaited,
    "await nested()": nested_awaited,
    "create_task(nested())": nested_task,
}

NAIVE = {
    "await A; await B": naive,
    "[await work(name) for name in names]": naive_comprehension,
    "two tasks": two_tasks,
}

TIMEOUTS = {
    "wait_for(gather(A, B), 1.5)": wait_for_gather,
    "wait_for(A, 1.5), then wait_for(B, 1.5)": wait_for_twice,
    "gather(A, B).cancel()": gather_cancelled,
    "timeout(2) around await A; await B": timeout_over_two,
}

FUTURES = {
    "a callback sets the result": future,
    "a cancelled future cancels the request": future_cancelled,
}

CLASSIC = {
    "send": send,
    "yield from": yield_from,
    "return of a generator": generator_return,
}

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


SAMPLES = {
    "count sync": {"": count_sync},
    "count async": {"": count_async},
    "sayafter": {"": say_both},
    "workqueue v3": {"": work_queue_v3},
    "workqueue v4": {"": work_queue_v4},
    "semaphore": {"": semaphore},
    "nested": NESTED,
    "naive": NAIVE,
    "waiting": WAITING,
    "timeouts": TIMEOUTS,
    "futures": FUTURES,
    "classic": CLASSIC,
    "taskgroup": TASK_GROUP,
}


async def main():
    global start
    for title, scene in SAMPLES[sys.argv[1]].items():
        if title:
            print(f"-- {title}")
        start = loop.time()
        await scene()


loop.run_until_complete(main())
