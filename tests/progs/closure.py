def counter(start):
    count = start

    def up(by=1):
        nonlocal count
        count += by
        return count

    return up


up = counter(10)
up()
up(5)
print(up())
