import inzip

print("zip", inzip.twice(21))
