import beside

print("dir", beside.value)
