# A loop, a function called from it, and a comment line.

total = 0


def add(n, step=1):
    """Adds n to the total."""
    global total
    before = total
    total += n * step
    return before


for i in range(5):
    add(i)

print("total", total)
