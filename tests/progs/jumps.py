def steps(n):
    a = 1
    b = 2
    for i in range(n):
        a += i
    try:
        c = a + b
    finally:
        d = 4
    return a, b, c, d


print(steps(2))
print("after")
x = 1
y = 2
print(x, y)
