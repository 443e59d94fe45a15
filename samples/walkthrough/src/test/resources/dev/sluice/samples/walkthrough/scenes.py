"""The scenes of the samples in asyncio itself, in virtual time; prints each line after its time.

One file, because all scenes share the virtual clock.
"""
import asyncio
import collections
import concurrent.futures
import contextlib
import selectors
import sys
import threading


class VirtualClock(selectors.SelectSelector):
    """Advances the clock to the next timer instead of waiting for it, unless a thread is busy."""

    def __init__(self):
        super().__init__()
        self.now = 0.0
        self.busy_threads = 0

    def select(self, timeout=None):
        if self.busy_threads and timeout != 0:
            return super().select(None)
        if timeout:
            self.now += timeout
        return super().select(0)


selector = VirtualClock()
loop = asyncio.SelectorEventLoop(selector)
loop.time = lambda: selector.now
start = 0.0


def log(line):
    """In one write, since threads print, too."""
    print(f"{loop.time() - start:.1f} {line}\n", end="")


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


async def first_result():
    """What curio.TaskGroup(wait=any) does."""
    tasks = [task(work("A", 3)), task(work("B", 1)), task(work("C", 2))]
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for each in tasks:
        each.cancel()
    await asyncio.wait(tasks)
    log(f"first: {done.pop().result()}")


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


async def concurrent_future():
    """A future that is not asyncio's own, as a CompletableFuture is not RxJava's."""
    answer = concurrent.futures.Future()
    loop.call_later(1, answer.set_result, 42)
    log(f"awaited: {await asyncio.wrap_future(answer)}")


async def to_concurrent_future():
    async def ask():
        answer = loop.create_future()
        request(answer, 1)
        return await answer

    answer = asyncio.run_coroutine_threadsafe(ask(), loop)
    await let_others_run()
    await asyncio.sleep(1)
    await let_others_run()
    log(f"done: {str(answer.done()).lower()}, result: {answer.result()}")


async def let_others_run():
    for _ in range(5):
        await asyncio.sleep(0)


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


async def work_queue_v1():
    def synchronous_worker(name, tasks):
        if not tasks:
            log(f"{name} finds nothing to do")
        while tasks:
            number = tasks.popleft()
            log(f"{name} starts {number}")
            began = loop.time()
            for _ in range(number):
                pass
            log(f"{name} ends {number} after {loop.time() - began:.1f} s")

    tasks = collections.deque([15, 10, 5, 2])
    synchronous_worker("One", tasks)
    synchronous_worker("Two", tasks)
    total("total", start)


async def work_queue_v2():
    async def count(number):
        for _ in range(number):
            await asyncio.sleep(0)

    await work_queue(count)


def words(seconds):
    """43200 as 12 h, 90 as 1 min 30 s."""
    minutes, s = divmod(round(seconds), 60)
    h, m = divmod(minutes, 60)
    parts = [f"{n} {unit}" for n, unit in ((h, "h"), (m, "min"), (s, "s")) if n]
    return " ".join(parts) or "0 s"


async def chess():
    opponents, pairs, move, reply = 24, 30, 5, 55
    print(f"opponents: {opponents}, move pairs: {pairs}, a move: {move} s and {reply} s")
    champion = asyncio.Lock()
    last_move = 0

    async def game():
        nonlocal last_move
        for _ in range(pairs):
            async with champion:
                await asyncio.sleep(move)
                last_move = loop.time()
            await asyncio.sleep(reply)

    for _ in range(opponents):
        await game()
    print(f"synchronous: {words(loop.time() - start)}")
    began = loop.time()
    await asyncio.gather(*(game() for _ in range(opponents)))
    wait = words(loop.time() - last_move)
    print(f"asynchronous: {words(last_move - began)}, and {wait} more until the last reply")


async def in_thread(function, *args):
    """asyncio.to_thread, while which the clock stands still unless the thread sleeps."""
    selector.busy_threads += 1
    try:
        return await asyncio.to_thread(function, *args)
    finally:
        selector.busy_threads -= 1


def sleep_in_thread(seconds):
    """time.sleep in virtual time, on a thread of its own."""

    async def sleep():
        selector.busy_threads -= 1
        await asyncio.sleep(seconds)
        selector.busy_threads += 1

    asyncio.run_coroutine_threadsafe(sleep(), loop).result()


def log_thread(event):
    thread = "loop" if threading.current_thread() is threading.main_thread() else "io"
    log(f"{event} on {thread}")


async def threads():
    def blocking():
        log_thread("blocking work starts")
        sleep_in_thread(1)
        log_thread("blocking work ends")

    async def waiting():
        log_thread("waiting starts")
        await asyncio.sleep(1)
        log_thread("waiting ends")

    await asyncio.gather(in_thread(blocking), waiting())
    total("total", start)


@contextlib.asynccontextmanager
async def web_page():
    def download():
        sleep_in_thread(1)
        log_thread("downloaded")
        return "<html></html>"

    def update_statistics():
        sleep_in_thread(1)
        log_thread("statistics updated")

    yield await in_thread(download)
    await in_thread(update_statistics)


async def web_page_used():
    async with web_page() as text:
        log_thread(f"used: {len(text)} characters")


async def bounded_queue():
    items, put, consumed, most = 20, 0, 0, 0
    queue = asyncio.Queue(maxsize=4)

    async def producer():
        nonlocal put, most
        for item in range(items):
            await queue.put(item)
            put += 1
            most = max(most, queue.qsize())

    async def consumer():
        nonlocal consumed
        while True:
            await queue.get()
            await asyncio.sleep(0.3)
            consumed += 1
            queue.task_done()

    consumers = [task(consumer()) for _ in range(3)]
    await asyncio.gather(producer(), producer())
    await queue.join()
    for each in consumers:
        each.cancel()
    log(f"{put} put, {consumed} consumed")
    log(f"at most {most} queued, in {loop.time() - start:.1f} s")


Probe = collections.namedtuple("Probe", "name found")


async def generators():
    names = ["return.dev", "await.dev", "with.dev", "for.dev", "in.dev"]
    taken = {"return.dev", "await.dev", "for.dev"}
    probed = cancelled = 0

    async def probe(name):
        nonlocal probed, cancelled
        probed += 1
        try:
            await asyncio.sleep(0.1 * len(name))
        except asyncio.CancelledError:
            cancelled += 1
            raise
        return Probe(name, name in taken)

    async def probes():
        tasks = [task(probe(name)) for name in names]
        try:
            for next_one in asyncio.as_completed(tasks):
                yield await next_one
        finally:
            for each in tasks:
                each.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def show(value):
        if isinstance(value, dict):
            return "{" + ", ".join(f"{k}={str(value[k]).lower()}" for k in sorted(value)) + "}"
        if isinstance(value, set):
            value = sorted(value)
        return f"[{', '.join(value)}]" if isinstance(value, list) else value

    async def row(python, result):
        began = loop.time()
        value = show(await result)
        print(f"{python:44} {loop.time() - began:.1f} s  {value}")

    async def lazy():
        (p async for p in probes())
        return f"{probed} probed: it is lazy"

    async def for_each():
        found = []
        async for p in probes():
            found.append(p.name)
        return found

    async def found_only():
        return [p.name async for p in probes() if p.found]

    async def dictionary():
        return {p.name: p.found async for p in probes()}

    async def ordered():
        return sorted({p.name async for p in probes()})

    async def one_by_one():
        all_probes = [await probe(name) for name in names]
        return [f"{p.name} {'+' if p.found else '-'}" for p in all_probes]

    async def awaited_condition():
        return {n for n in names if (await probe(n)).found}

    left = probes()

    async def first():
        async for p in left:
            return p.name

    async def close():
        await left.aclose()
        return f"{cancelled} cancelled by the break"

    await row("(p async for p in probes)", lazy())
    await row("async for p in probes", for_each())
    await row("[p async for p in probes if p.found]", found_only())
    await row("{p.name: p.found async for p in probes}", dictionary())
    await row("sorted({p.name async for p in probes})", ordered())
    await row("[await probe(name) for name in names]", one_by_one())
    await row("{n for n in names if (await probe(n)).found}", awaited_condition())
    await row("async for p in probes: break", first())
    await row("await probes.aclose()", close())


async def loop_by_hand():
    """On a thread of its own, because this one has an event loop that runs."""

    def by_hand():
        own = asyncio.new_event_loop()

        async def nested_by_hand():
            print(f"nested() on thread {threading.current_thread().name}")
            print(f"is_running(): {str(own.is_running()).lower()}")
            return 42

        print(f"new_event_loop(): running {str(own.is_running()).lower()}")
        result = own.run_until_complete(nested_by_hand())
        print(f"run_until_complete(nested()): {result}")
        print(f"is_closed(): {str(own.is_closed()).lower()}")
        own.close()
        print(f"close(), is_closed(): {str(own.is_closed()).lower()}")

    thread = threading.Thread(target=by_hand, name="loop")
    thread.start()
    thread.join()


class InFlight:
    """Counts calls and remembers the peak."""

    def __init__(self):
        self.now = self.peak = 0

    def __enter__(self):
        self.now += 1
        self.peak = max(self.peak, self.now)

    def __exit__(self, *error):
        self.now -= 1


async def semaphore():
    async def call(permits, *counters):
        async with permits:
            with contextlib.ExitStack() as counted:
                for counter in counters:
                    counted.enter_context(counter)
                await asyncio.sleep(1)

    async def calls(limit, name):
        began, counter = loop.time(), InFlight()
        permits = asyncio.Semaphore(limit)
        await asyncio.gather(*(call(permits, counter) for _ in range(12)))
        log(f"{name}: peak in flight {counter.peak}, {loop.time() - began:.1f} s")

    async def stream(name, permits, every):
        own = InFlight()
        await asyncio.gather(*(call(permits, own, every) for _ in range(6)))
        log(f"the {name} stream: peak in flight {own.peak}")

    await calls(12, "no limit")
    await calls(3, "flatMap(…, 3)")
    began, every, permits = loop.time(), InFlight(), asyncio.Semaphore(3)
    await asyncio.gather(stream("first", permits, every), stream("second", permits, every))
    log(f"two streams with one limiter: peak in flight {every.peak}, {loop.time() - began:.1f} s")


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
    "CompletableFuture to Single": concurrent_future,
    "Single to CompletableFuture": to_concurrent_future,
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
    "the first result is enough": first_result,
}


SAMPLES = {
    "count sync": {"": count_sync},
    "count async": {"": count_async},
    "sayafter": {"": say_both},
    "workqueue v1": {"": work_queue_v1},
    "workqueue v2": {"": work_queue_v2},
    "workqueue v3": {"": work_queue_v3},
    "workqueue v4": {"": work_queue_v4},
    "semaphore": {"": semaphore},
    "chess": {"": chess},
    "threads": {"": threads},
    "webpage": {"": web_page_used},
    "queue": {"": bounded_queue},
    "generators": {"": generators},
    "loopbyhand": {"": loop_by_hand},
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
