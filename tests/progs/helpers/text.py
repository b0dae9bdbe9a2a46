EXTRA = "!"


def shout(text):
    loud = text.upper()
    return loud + EXTRA
