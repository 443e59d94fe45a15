"""Download flags with httpx: a semaphore for the limit, a thread for the disk."""
import asyncio
import os
import sys
from pathlib import Path

import httpx


def save(image, folder, key):
    part = folder / f'{key}.gif.part'
    part.write_bytes(image)
    os.replace(part, folder / f'{key}.gif')


async def download(client, semaphore, base, folder, key):
    async with semaphore:
        response = await client.get(f'{base}/{key}/{key}.gif', timeout=60)
        response.raise_for_status()
        image = response.content
    await asyncio.to_thread(save, image, folder, key)


async def main(base, keys, folder, limit):
    semaphore = asyncio.Semaphore(limit)
    limits = httpx.Limits(max_connections=limit, max_keepalive_connections=limit)
    async with httpx.AsyncClient(limits=limits) as client:
        to_do = [download(client, semaphore, base, folder, key) for key in keys]
        for finished in asyncio.as_completed(to_do):
            await finished


if __name__ == '__main__':
    base, keys, folder, limit = sys.argv[1:]
    asyncio.run(main(base, Path(keys).read_text().split(), Path(folder), int(limit)))
