"""Download flags with aiohttp: a semaphore for the limit, a thread for the disk."""
import asyncio
import os
import sys
from pathlib import Path

import aiohttp


def save(image, folder, key):
    part = folder / f'{key}.gif.part'
    part.write_bytes(image)
    os.replace(part, folder / f'{key}.gif')


async def download(session, semaphore, base, folder, key):
    async with semaphore:
        async with session.get(f'{base}/{key}/{key}.gif') as response:
            response.raise_for_status()
            image = await response.read()
    await asyncio.to_thread(save, image, folder, key)


async def main(base, keys, folder, limit):
    semaphore = asyncio.Semaphore(limit)
    connector = aiohttp.TCPConnector(limit=limit)
    async with aiohttp.ClientSession(connector=connector) as session:
        to_do = [download(session, semaphore, base, folder, key) for key in keys]
        for finished in asyncio.as_completed(to_do):
            await finished


if __name__ == '__main__':
    base, keys, folder, limit = sys.argv[1:]
    asyncio.run(main(base, Path(keys).read_text().split(), Path(folder), int(limit)))
