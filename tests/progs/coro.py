import asyncio


async def child(n):
    await asyncio.sleep(0)
    return n * 2


async def main():
    a = await child(1)
    b = await child(2)
    async with Door() as door:
        print(a + b, door.open)


class Door:
    open = False

    async def __aenter__(self):
        self.open = True
        return self

    async def __aexit__(self, *exc):
        self.open = False


asyncio.run(main())
print("closed")
