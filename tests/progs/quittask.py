import asyncio


async def work(n):
    await asyncio.sleep(0)
    here = n
    return here


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(work(1))
        try:
            await asyncio.sleep(3600)
        finally:
            print("finally ran")


asyncio.run(main())
