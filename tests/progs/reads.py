import sys

lines = 0
for line in sys.stdin:
    lines += 1
    print("line", lines, line.rstrip())
print("read", lines)
