import sys

print("to stdout")
sys.stderr.write("to stderr\n")
print("again", file=sys.stdout)
sys.stderr.write("no newline")
print()
