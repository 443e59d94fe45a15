"""Looks names up as asyncio does it: getaddrinfo on the default pool of threads, so many at once."""

import asyncio
import socket
import sys
from collections import Counter

VERDICTS = {socket.EAI_NONAME: 'not-found', socket.EAI_NODATA: 'no-data'}


async def probe(name, semaphore):
    async with semaphore:
        loop = asyncio.get_running_loop()
        try:
            await loop.getaddrinfo(name, None)
            return 'found'
        except socket.gaierror as e:
            return VERDICTS.get(e.errno, 'failed')


async def probe_all(names, limit):
    semaphore = asyncio.Semaphore(limit)
    probes = [probe(name, semaphore) for name in names]
    return Counter([await verdict for verdict in asyncio.as_completed(probes)])


def main(name_file, limit):
    with open(name_file) as lines:
        names = lines.read().split()
    counts = asyncio.run(probe_all(names, int(limit)))
    order = 'found', 'no-data', 'not-found', 'failed'
    print(' '.join(f'{verdict}={counts[verdict]}' for verdict in order))


if __name__ == '__main__':
    main(*sys.argv[1:])
