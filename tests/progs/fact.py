def fact(n):
    if n <= 1:
        return 1
    below = fact(n - 1)
    return n * below


def main():
    result = fact(4)
    print("fact(4) =", result)


main()
