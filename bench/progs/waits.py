"""At its first line the interpreter is up and nothing else has been done."""
open(0, "rb", 0).read(1)
