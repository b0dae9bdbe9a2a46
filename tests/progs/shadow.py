c = [1, 2, 3]
n = 7
list_ = list
h = {"a": 1}
r = "text"
print(c, n)
