import helpers.text

print(helpers.text.shout("quiet"))
print(helpers.twice(4))
