import sys

code = sys.argv[1] if len(sys.argv) > 1 else "0"
print("about to exit")
sys.exit(int(code) if code.isdigit() else code)
