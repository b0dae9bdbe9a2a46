def inner(d):
    key = "missing"
    return d[key]


def outer():
    data = {"present": 1}
    return inner(data)


outer()
