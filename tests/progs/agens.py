import asyncio


async def ticks(n):
    for i in range(n):
        yield i
        await asyncio.sleep(0)


async def collect(n):
    seen = []
    async for t in ticks(n):
        seen.append(t)
    return seen


async def main():
    both = await asyncio.gather(collect(2), collect(3))
    return both


print(asyncio.run(main()))
