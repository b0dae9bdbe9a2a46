"""Work that tools watch: tools.py TOOL OUT writes what TOOL has seen of it.

Bare and in a debugger the same is to be seen.  Each tool is a function here;
a line marked "never" is one that no run gets to.
"""

import json
import os
import sys
import threading


def leaf(n):
    return n * 2                                        # leaf


def numbers(n):
    for i in range(n):
        yield leaf(i)                                   # yield


class Thing:
    def __init__(self, n):
        self.n = n

    def twice(self):
        return leaf(self.n)


def fails(n):
    if n < 0:
        return "never"                                  # never
    raise ValueError(n)


def work():
    total = sum(numbers(3))
    for i in range(3):
        total += Thing(i).twice()                       # loop
    try:
        fails(total)
    except ValueError as e:
        total = len([abs(x) for x in e.args])           # caught
    return total


def in_thread():
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def mine(code):
    return os.path.basename(code.co_filename) == "tools.py" and \
        code.co_name in ("leaf", "numbers", "__init__", "twice", "fails",
                         "work", "<listcomp>")


class Events(list):
    """A trace or a profile function that notes what concerns the work."""

    def __call__(self, frame, event, arg):
        if mine(frame.f_code):
            name = getattr(arg, "__name__", "") if event[:2] == "c_" else ""
            self.append([event, frame.f_code.co_name, frame.f_lineno, name])
        return self


def settrace():
    seen = Events()
    sys.settrace(seen)
    work()
    kept = sys.gettrace() is seen
    sys.settrace(None)
    work()
    return seen, kept


def setprofile():
    seen = Events()
    sys.setprofile(seen)
    work()
    kept = sys.getprofile() is seen
    sys.setprofile(None)
    work()
    return seen, kept


def both():
    traced, profiled = Events(), Events()
    sys.settrace(traced)
    sys.setprofile(profiled)
    work()
    sys.setprofile(None)
    sys.settrace(None)
    return traced, profiled


def fragile():
    """A trace function that raises is taken away by the interpreter."""
    seen = []

    def trace(frame, event, arg):
        if frame.f_code.co_name == "fails":
            raise KeyError("the tool's")
        return trace
    sys.settrace(trace)
    try:
        work()
    except KeyError as e:
        seen.append(str(e))
    return seen, sys.gettrace() is None


def thread_trace():
    seen = Events()
    threading.settrace(seen)
    in_thread()
    threading.settrace(None)
    in_thread()
    return seen


def thread_profile():
    seen = Events()
    threading.setprofile(seen)
    in_thread()
    threading.setprofile(None)
    in_thread()
    return seen


def all_threads(setter):
    """Set while the thread runs already."""
    seen = Events()
    ready, go = threading.Event(), threading.Event()

    def body():
        ready.set()
        go.wait()
        work()
    thread = threading.Thread(target=body)
    thread.start()
    ready.wait()
    setter(seen)
    go.set()
    thread.join()
    setter(None)
    work()
    return seen


def trace_all_threads():
    return all_threads(threading.settrace_all_threads)


def profile_all_threads():
    return all_threads(threading.setprofile_all_threads)


def cprofile():
    import cProfile
    profile = cProfile.Profile()
    profile.runcall(work)
    return called(profile)


def pure_profile():
    import profile
    return called(profile.Profile(), run=True)


def called(profile, run=False):
    """Who was called how often, by whom."""
    import pstats
    if run:
        profile.runcall(work)
    stats = pstats.Stats(profile).stats
    return sorted([os.path.basename(f), line, name, s[0], s[1],
                   sorted(c[2] for c in s[4])]
                  for (f, line, name), s in stats.items() if f != "profile")


def trace_module():
    import trace
    tracer = trace.Trace(count=1, trace=0, countcallers=1)
    tracer.runfunc(work)
    results = tracer.results()
    return sorted([line, n] for (f, line), n in results.counts.items()
                  if f == __file__), sorted(
        [a[2], b[2]] for a, b in results.callers)


def fault():
    import faulthandler
    import tempfile

    def deeper(n):
        if n > 0:
            return deeper(n - 1)
        with tempfile.TemporaryFile("w+") as f:
            faulthandler.dump_traceback(f, all_threads=False)
            f.seek(0)
            return f.read()
    faulthandler.enable()
    text = deeper(3)
    on = faulthandler.is_enabled()
    faulthandler.disable()
    return text, on


def malloc():
    import tracemalloc
    tracemalloc.start(3)
    kept = [bytes(100000 + i) for i in range(5)]        # allocates
    snapshot = tracemalloc.take_snapshot()
    tracemalloc.stop()
    return sorted((t.size, t.traceback[-1].lineno) for t in snapshot.traces
                  if t.size > 50000), len(kept)


# ---- sys.monitoring -------------------------------------------------------

class Monitor:
    """A tool with callbacks that note what concerns the work."""

    def __init__(self, tool, names, answer=None):
        self.mon = sys.monitoring
        self.tool, self.seen, self.answer = tool, [], answer
        self.mon.use_tool_id(tool, "tool %d" % tool)
        self.events = 0
        for name in names:
            event = getattr(self.mon.events, name)
            self.events |= event
            self.mon.register_callback(tool, event, self.noting(name))

    def noting(self, name):
        def note(code, *args):
            if not mine(code):
                return self.mon.DISABLE if self.answer else None
            self.seen.append([name, code.co_name] + [
                a for a in args[:1] if isinstance(a, int)])
            return self.answer
        return note

    def on(self, code=None):
        if code is None:
            self.mon.set_events(self.tool, self.events)
        else:
            self.mon.set_local_events(self.tool, code, self.events)

    def off(self):
        self.mon.set_events(self.tool, 0)
        for f in (leaf, work, fails, numbers):
            self.mon.set_local_events(self.tool, f.__code__, 0)
        for name in dir(self.mon.events):
            event = getattr(self.mon.events, name)
            if name.isupper() and self.events & event:
                self.mon.register_callback(self.tool, event, None)
        self.mon.free_tool_id(self.tool)
        return self.seen


ALL = ["PY_START", "PY_RETURN", "PY_RESUME", "PY_YIELD", "LINE", "RAISE",
       "CALL", "JUMP", "BRANCH", "C_RETURN", "C_RAISE", "PY_UNWIND"]


def monitor(tool, names=ALL, answer=None, local=False):
    watch = Monitor(tool, names, answer)
    if local:
        for f in (leaf, work, fails, numbers):
            watch.on(f.__code__)
    else:
        watch.on()
    work()
    work()
    return watch.off()


def monitor_coverage():
    """As coverage.py: each line once; then once more."""
    watch = Monitor(1, ["PY_START", "LINE"], sys.monitoring.DISABLE)
    watch.on()
    work()
    work()
    once = len(watch.seen)
    sys.monitoring.restart_events()
    work()
    return once, watch.off()


def monitor_local():
    return monitor(1, ["PY_START", "LINE", "PY_RETURN"], None, True)


def monitor_each():
    """Under each of the ids, one after the other."""
    return [monitor(tool, ["PY_START", "LINE"]) for tool in range(6)]


def monitor_everything():
    return monitor(2)


def monitor_instruction():
    """Offsets, on the same code objects, beside lines."""
    return monitor(3, ["INSTRUCTION", "LINE"], None, True)


def monitor_all_ids():
    """All six at once: names, then work with them all on."""
    mon = sys.monitoring
    free = [mon.get_tool(tool) for tool in range(6)]
    tools = [Monitor(tool, ["LINE"]) for tool in range(6)]
    for tool in tools:
        tool.on()
    work()
    names = [mon.get_tool(tool) for tool in range(6)]
    try:
        mon.use_tool_id(4, "once more")
    except ValueError as e:
        names.append(str(e))
    seen = [tool.off() for tool in tools]
    work()
    return free, names, seen, [mon.get_tool(tool) for tool in range(6)]


def monitor_unused():
    """What is done to ids that nobody has taken."""
    mon, seen = sys.monitoring, []
    for tool in range(6):
        for do in (lambda: mon.get_events(tool),
                   lambda: mon.set_events(tool, mon.events.LINE),
                   lambda: mon.set_local_events(tool, leaf.__code__, 1),
                   lambda: mon.free_tool_id(tool),
                   lambda: mon.register_callback(
                       tool, mon.events.LINE, None) is None):
            try:
                seen.append(do())
            except ValueError as e:
                seen.append(str(e))
        work()
    return seen


def main():
    result = globals()[sys.argv[1]]()
    work()
    with open(sys.argv[2], "w") as f:
        json.dump(result, f)


main()                                                  # begins
