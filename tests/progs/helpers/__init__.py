def twice(n):
    result = n + n
    return result
