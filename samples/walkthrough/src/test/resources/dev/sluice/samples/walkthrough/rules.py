"""Says of each line of standard input, a statement in a coroutine, what Python says about it."""
import asyncio
import gc
import sys
import warnings


async def one():
    return 42


async def many():
    yield 1
    yield 2


def verdict(line):
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        names = {"one": one, "many": many}
        try:
            exec(f"async def row():\n    {line}\n", names)
            asyncio.run(names["row"]())
        except (SyntaxError, TypeError) as e:
            return f"{type(e).__name__}: {e.args[0]}"
        gc.collect()
    return f"{found[0].category.__name__}: {found[0].message}" if found else "ok"


for line in sys.stdin:
    print(verdict(line.rstrip()))
