x = 0; y = 1
for i in range(3): x += i
print([a for a in range(3) if a], x); print("same line")
