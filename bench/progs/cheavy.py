"""C-heavy: most of the time goes by in functions written in C."""

import json
import re
import sys
import timed

RECORD = {"name": "a name", "values": list(range(200)), "deep": [{"k": "v"}]}
WORDS = re.compile(r"(\w+)\s*:\s*(\d+)")
TEXT = "alpha: 12, beta : 345, gamma:6, " * 30


def work(n):
    total = 0
    for _ in range(n * 100):
        text = json.dumps(RECORD)
        record = json.loads(text)
        if not record:
            total = -1                                  # never
        total += len(WORDS.findall(TEXT))
        total += sum(sorted(record["values"], key=str))
    return total


timed.run(work, int(sys.argv[1]))
