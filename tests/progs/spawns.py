import os
import subprocess
import sys

out = subprocess.run([sys.executable, "-c", "print(1 + 1)"],
                     capture_output=True, text=True)
print("child said", out.stdout.strip(), flush=True)
pid = os.fork()
if pid == 0:
    print("in the fork", flush=True)
    os._exit(5)
status = os.waitpid(pid, 0)[1]
print("fork's status", os.waitstatus_to_exitcode(status))
