def turns(n):
    for i in range(n):
        a = i
        b = a
    return b


def more(n):
    for i in range(n):
        yield i


turns(3)
print(sum(more(3)))
