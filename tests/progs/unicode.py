# Umlaute, 漢字 und 🐍
größe = 3


def grüßen(name):
    text = "Grüß Gott, " + name + " 🐍"
    return text


print(grüßen("世界"))
print(größe)
