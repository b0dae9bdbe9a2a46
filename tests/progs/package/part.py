def part(n):
    half = n // 2
    return half
