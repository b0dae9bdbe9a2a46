def middle(n):
    return n // 2
