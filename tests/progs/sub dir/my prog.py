x = "spaces"
print(x)
