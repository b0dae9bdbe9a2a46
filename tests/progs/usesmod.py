import helpers.text
from helpers import text as t

helpers.text
print("used", t.__name__)
