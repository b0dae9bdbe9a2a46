x = 1
y = "ÿþ"
print(x)
