import os
import signal
import sys


def die(how):
    print("dying by", how, flush=True)
    if how == "segv":
        import ctypes
        ctypes.string_at(0)
    elif how == "exit":
        os._exit(3)
    elif how == "abort":
        os.abort()
    elif how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif how == "term":
        os.kill(os.getpid(), signal.SIGTERM)
    elif how == "exec":
        os.execv("/bin/sh", ["sh", "-c", "sleep 1; echo I am sh now"])
    elif how == "execself":
        os.execv(sys.executable, [sys.executable, "-c",
                                  "import time; time.sleep(1); print('anew')"])
    elif how == "closerange":
        os.closerange(3, 65536)
        print("all closed", flush=True)
    print("survived", how)


die(sys.argv[1])
