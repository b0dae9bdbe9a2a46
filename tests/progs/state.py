import os

runs = globals().get("runs", 0) + 1
print("runs", runs, os.environ.get("SEEN"))
os.environ["SEEN"] = "yes"
os.chdir("/")
