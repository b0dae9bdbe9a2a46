def eat():
    hoard = []
    while True:
        hoard.append(bytearray(50 << 20))


eat()
