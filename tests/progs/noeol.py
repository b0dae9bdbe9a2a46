import sys

sys.stdout.write("no newline")
x = 1
sys.stderr.write("nor here")
y = 2
