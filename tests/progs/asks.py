name = input("name? ")
print("hello", name)
age = input("age? ")
print(name, "is", int(age))
