"""Generators and coroutines: frames that rest and go on."""

import asyncio
import sys
import timed


def numbers(n):
    for i in range(n):
        if i < 0:
            return                                      # never
        yield i


def pairs(n):
    yield from zip(numbers(n), numbers(n))


async def one(i):
    if i < 0:
        return None
    return i


async def several(n):
    total = 0
    for i in range(n):
        total += await one(i)
        if i % 100 == 0:
            await asyncio.sleep(0)
    return total


async def everything(n):
    await asyncio.gather(*(several(n // 4) for _ in range(4)))


def work(n):
    total = 0
    for a, b in pairs(n * 5000):
        total += a * b
    asyncio.run(everything(n * 5000))
    return total


timed.run(work, int(sys.argv[1]))
