def mk():
    a = 5
    def g():
        print("in g", a)
    return g
g = mk()
exec(g.__code__.replace(), globals(), closure=g.__closure__)
print("end")
