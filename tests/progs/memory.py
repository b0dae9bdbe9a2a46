def eat():
    hoard = []
    room = bytearray(64 << 20)      # for the traceback's printing
    try:
        while True:
            hoard.append(bytearray(8 << 20))
    finally:
        del room


eat()
