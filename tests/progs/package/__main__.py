import sys

from . import name
from .part import part

print(name, part(2), sys.argv[1:])
