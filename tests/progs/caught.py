def risky(n):
    if n == 2:
        raise ValueError("two is bad")
    return n


def guarded(n):
    try:
        return risky(n)
    except ValueError as e:
        print("caught", e)
    finally:
        print("finally", n)
    return -1


for i in range(1, 4):
    print(guarded(i))
