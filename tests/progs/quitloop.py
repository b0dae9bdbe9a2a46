import asyncio
import atexit

atexit.register(print, "atexit ran")


def called():
    here = 1
    return here


async def main():
    asyncio.get_running_loop().call_soon(called)
    try:
        await asyncio.sleep(3600)
    finally:
        print("finally ran")


asyncio.run(main())
