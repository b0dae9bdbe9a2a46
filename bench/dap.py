"""A debugger that is spoken to by the Debug Adapter Protocol: debugpy.

A client that does what bench needs: it sets breakpoints, lets the program run
to its end and answers nothing else.  Messages are JSON behind a header with
their length, as HTTP has it.
"""

import json
import os
import re
import select
import signal
import subprocess
import time

from asked import Unavailable, breakpoints


class Client:
    def __init__(self, argv, env, cwd, deadline):
        self.until = time.perf_counter() + deadline
        self.seq, self.held = 0, b""
        self.process = subprocess.Popen(
            argv, env=env, cwd=cwd, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            start_new_session=True, bufsize=0)

    def ask(self, command, **arguments):
        self.seq += 1
        body = json.dumps({"seq": self.seq, "type": "request",
                           "command": command,
                           "arguments": arguments}).encode()
        self.process.stdin.write(
            b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def read(self, size):
        while len(self.held) < size:
            left = self.until - time.perf_counter()
            fd = self.process.stdout
            if left < 0 or not select.select([fd], [], [], left)[0]:
                raise Unavailable("the deadline passed")
            data = fd.read(1 << 16)
            if not data:
                raise Unavailable("the adapter has ended")
            self.held += data
        data, self.held = self.held[:size], self.held[size:]
        return data

    def message(self):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += self.read(1)
        size = int(re.search(rb"Content-Length: (\d+)", head)[1])
        return json.loads(self.read(size))

    def wait(self, *names):
        """Until an event, or the reply to a command, of that name."""
        while True:
            m = self.message()
            if m["type"] == "response" and not m["success"]:
                raise Unavailable("%s: %s" % (m["command"], m.get("message")))
            if m.get("event") == "stopped":
                raise Unavailable("it stopped")
            if m.get("event") in names or (
                    m["type"] == "response" and m["command"] in names):
                return m


def files_of(commands):
    """{file: breakpoints} of pdb's commands."""
    files = {}
    for file, line, condition in breakpoints(commands):
        one = {"line": line}
        if condition:
            one["condition"] = condition
        files.setdefault(file, []).append(one)
    return files


def run(kind, place, program, commands, deadline):
    """Runs a program to its end with the breakpoints that commands set; what
    the debugger has said for people is nothing."""
    files = files_of(commands)
    client = Client(kind.argv, place.env, place.top, deadline)
    try:
        client.ask("initialize", adapterID="bench", pathFormat="path",
                   linesStartAt1=True)
        client.wait("initialize")
        client.ask("launch", program=program[0], args=program[1:],
                   cwd=place.top, env=place.env,
                   console="internalConsole", justMyCode=False)
        client.wait("initialized")
        for name, wanted in files.items():
            client.ask("setBreakpoints", source={"path": name},
                       breakpoints=wanted)
            got = client.wait("setBreakpoints")["body"]["breakpoints"]
            if len(got) != len(wanted):
                raise Unavailable("breakpoints were not set")
        client.ask("configurationDone")
        client.wait("terminated")
        return ""
    except OSError as e:
        raise Unavailable(str(e))
    finally:
        try:
            os.killpg(client.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        client.process.wait()
        client.process.stdin.close()
        client.process.stdout.close()
