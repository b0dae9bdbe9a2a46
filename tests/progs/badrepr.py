class Raises:
    def __repr__(self):
        raise ValueError("no repr today")


class Recurses:
    def __repr__(self):
        return "<%r>" % self


class Huge:
    def __repr__(self):
        return "x" * 100_000_000


class Forever:
    def __repr__(self):
        while True:
            pass


class NotText:
    def __repr__(self):
        return 42


raises, recurses, huge = Raises(), Recurses(), Huge()
forever, nottext = Forever(), NotText()
print("made")
