/*
 * Commands against the fake target: lines in, text out.
 *
 * A case is a script for the target (fake.h), lines that are typed, and what
 * must be seen, with each prompt and the line typed at it.  Lines that begin
 * with "%rc " are queued before the start; "%eof" is the end of the input.
 * The texts expected were taken from pdb of that version where pdb has the
 * command.
 */
#include <stdlib.h>

#include "cmds/session.h"
#include "target/fake.h"
#include "tap.h"

#define PY311	"python 0x030b07f0 3.11.7\n"
#define PY312	"python 0x030c01f0 3.12.1\n"
#define PY313	"python 0x030d00f0 3.13.0\n"
#define FIRST	"stop line /p/main.py:1 <module> import os\n"
#define TEXT	"text /p/main.py\n|import os\n|\n|# note\n|def f(x):\n" \
		"|    y = x\n|    return y\n|\n|f(1)\n|f(2)\n|print('end')\n" \
		"file main.py => /p/main.py\n"
#define IN_F	"stop line /p/main.py:5 f y = x\nfirst 4\n" \
		"frame /p/main.py:8 <module> f(1)\n"
#define AT1	"> /p/main.py(1)<module>()\n-> import os\n"
#define AT5	"> /p/main.py(5)f()\n-> y = x\n"
#define P	"(pydbg) "
#define KILL_HELP							\
	"        Usage: kill\n\n"					\
	"        Kill the program at once: nothing of it runs any "	\
	"more, no\n        finally and no exit handler.  Breakpoints stay, " \
	"`run` starts\n        it anew.\n\n        Example: kill\n"

struct test {
	const char	*name;
	const char	*script;
	const char	*lines;
	const char	*want;
	const char	*log;		/* NULL: not looked at */
};

static const struct test tests[] = {
	{ "the first stop, and quit", PY313 FIRST, "q\n",
	  AT1 P "q\n",
	  "start python main.py a b\nresume quit frame 0\n" },
	{ "the end of the input quits", PY311 FIRST, "%eof\n",
	  AT1 P "\n", NULL },
	{ "step and an empty line", PY313 FIRST
	  "stop line /p/main.py:2 <module> x = 1\n"
	  "stop line /p/main.py:3 <module> y = 2\n", "s\n\nq\n",
	  AT1 P "s\n> /p/main.py(2)<module>()\n-> x = 1\n" P "\n"
	  "> /p/main.py(3)<module>()\n-> y = 2\n" P "q\n",
	  "start python main.py a b\nresume step frame 0\n"
	  "resume step frame 0\nresume quit frame 0\n" },
	{ "call and return", PY312 FIRST
	  "stop call /p/main.py:4 f def f(x):\n"
	  "stop return /p/main.py:6 f return y\nretval 3\n", "s\nr\nq\n",
	  AT1 P "s\n--Call--\n> /p/main.py(4)f()\n-> def f(x):\n" P "r\n"
	  "--Return--\n> /p/main.py(6)f()->3\n-> return y\n" P "q\n", NULL },
	{ "an exception passes", PY313 FIRST
	  "stop exception /p/main.py:6 f return y\n"
	  "exception ValueError: x\n", "n\nq\n",
	  AT1 P "n\nValueError: x\n> /p/main.py(6)f()\n-> return y\n" P "q\n",
	  NULL },
	{ "no source, no arrow", PY313 "stop line <string>:1 <module>\n",
	  "q\n", "> <string>(1)<module>()\n" P "q\n", NULL },
	{ "another thread, interrupted", PY313 FIRST
	  "stop line /p/main.py:5 f y = x\nthread 2 worker\ninterrupted\n",
	  "c\nq\n",
	  AT1 P "c\n[Switching to thread 2 (worker)]\n\nProgram interrupted. "
	  "(Use 'cont' to resume).\n" AT5 P "q\n", NULL },
	/* ;; and rc lines: when the frame is shown. */
	{ "3.11 shows the frame before a remainder", PY311 FIRST
	  "stop line /p/main.py:5 f y = x\neval x => 1\n", "n;; p x\nq\n",
	  AT1 P "n;; p x\n" AT5 "1\n" P "q\n", NULL },
	{ "3.13 shows it before the prompt", PY313 FIRST
	  "stop line /p/main.py:5 f y = x\neval x => 1\n", "n;; p x\nq\n",
	  AT1 P "n;; p x\n1\n" AT5 P "q\n", NULL },
	{ "rc lines run before the frame is shown", PY311 FIRST
	  "stop line /p/main.py:5 f y = x\neval x => 1\n",
	  "%rc n\n%rc # no\n%rc p x;;p x\nq\n",
	  "1\n1\n" AT5 P "q\n", NULL },
	{ "an error in a file names it", PY313 FIRST, "%rc p zz\nq\n",
	  "*** NameError: name 'zz' is not defined\n[rc:1: p zz]\n" AT1 P
	  "q\n", NULL },
	/* The grammar. */
	{ "what only Python can mean", PY311 FIRST
	  "exec c.x => 1\nexec n = 1 => \nexec list(d) => [2]\n"
	  "exec n += 1 => \nexec c => 5\nexec x => 7\n",
	  "c.x\nn = 1\nlist(d)\nn += 1\n!c\n! x\n!\nq\n",
	  AT1 P "c.x\n1\n" P "n = 1\n" P "list(d)\n[2]\n" P "n += 1\n" P
	  "!c\n5\n" P "! x\n7\n" P "!\n" P "q\n", NULL },
	{ "unknown words are Python", PY313 FIRST, "nosuch\n\nq\n",
	  AT1 P "nosuch\n*** NameError: name 'nosuch' is not defined\n" P
	  "\n*** NameError: name 'nosuch' is not defined\n" P "q\n", NULL },
	{ "an alias and its parameters", PY313 FIRST "eval x => 1\n",
	  "alias pa p %1\npa x\npa\nunalias pa\npa x\nq\n",
	  AT1 P "alias pa p %1\n" P "pa x\n1\n" P "pa\n*** Not enough "
	  "arguments for alias 'pa'\n" P "unalias pa\n" P "pa x\n*** "
	  "NameError: name 'pa x' is not defined\n" P "q\n", NULL },
	{ "arguments to next: 3.13", PY313 FIRST, "n x\nq\n",
	  AT1 P "n x\n*** Invalid argument: x\n        Usage: n(ext) [count]"
	  "\n" P "q\n", "start python main.py a b\nresume quit frame 0\n" },
	{ "arguments to next: 3.11", PY311 FIRST FIRST, "n x\nq\n",
	  AT1 P "n x\n" AT1 P "q\n", NULL },
	/* Breakpoints. */
	{ "break, its table, conditions", PY313 FIRST TEXT
	  "func f => /p/main.py:5\nfail x = => SyntaxError: invalid syntax\n",
	  "b 8\nb f, x > 1\nb\ncondition 2\ncondition 1 x =\n"
	  "condition 1 y\nignore 1 2\nb\nq\n",
	  AT1 P "b 8\nBreakpoint 1 at /p/main.py:8\n" P "b f, x > 1\n"
	  "Breakpoint 2 at /p/main.py:5\n" P "b\n"
	  "Num Type         Disp Enb   Where\n"
	  "1   breakpoint   keep yes   at /p/main.py:8\n"
	  "2   breakpoint   keep yes   at /p/main.py:5\n"
	  "\tstop only if x > 1\n" P "condition 2\n"
	  "Breakpoint 2 is now unconditional.\n" P "condition 1 x =\n"
	  "*** Invalid condition x =: SyntaxError: invalid syntax\n" P
	  "condition 1 y\nNew condition set for breakpoint 1.\n" P
	  "ignore 1 2\nWill ignore next 2 crossings of breakpoint 1.\n" P
	  "b\nNum Type         Disp Enb   Where\n"
	  "1   breakpoint   keep yes   at /p/main.py:8\n"
	  "\tstop only if y\n\tignore next 2 hits\n"
	  "2   breakpoint   keep yes   at /p/main.py:5\n" P "q\n",
	  "start python main.py a b\nset 1 /p/main.py:8\n"
	  "set 2 /p/main.py:5 if x > 1\nset 2 /p/main.py:5\n"
	  "set 1 /p/main.py:8 if y\nset 1 /p/main.py:8 if y ignore 2\n"
	  "resume quit frame 0\n" },
	{ "what break says no to", PY313 FIRST TEXT,
	  "b 3\nb 99\nb 0\nb nosuch.py:3\nb main.py:x\nb no'such\nb main.py:8\n"
	  "q\n",
	  AT1 P "b 3\n*** Blank or comment\n" P "b 99\nEnd of file\n" P
	  "b 0\nEnd of file\n" P
	  "b nosuch.py:3\n*** 'nosuch.py' not found from sys.path\n" P
	  "b main.py:x\n*** Bad lineno: x\n" P "b no'such\n"
	  "*** The specified object \"no'such\" is not a function or was not "
	  "found along sys.path.\n" P "b main.py:8\n"
	  "Breakpoint 1 at /p/main.py:8\n" P "q\n", NULL },
	{ "a line without code", PY313 FIRST TEXT "move /p/main.py:4 => 5\n",
	  "b 4\nq\n",
	  AT1 P "b 4\nBreakpoint 1 at /p/main.py:5\n"
	  "Line 4 has no code; the breakpoint is at line 5.\n" P "q\n",
	  NULL },
	{ "hits, a condition that raises, a temporary one", PY312 FIRST TEXT
	  IN_F "hit 1 1\nhit 2 1 error=NameError: z\nhit 3 1 gone\n",
	  "b 5\nb 5, z\ntbreak 5\nc\nb\ninfo b\nb 8\nq\n",
	  AT1 P "b 5\nBreakpoint 1 at /p/main.py:5\n" P "b 5, z\n"
	  "Breakpoint 2 at /p/main.py:5\n" P "tbreak 5\n"
	  "Breakpoint 3 at /p/main.py:5\n" P "c\n"
	  "*** Error in condition of breakpoint 2: NameError: z\n"
	  "Deleted breakpoint 3 at /p/main.py:5\n" AT5 P "b\n"
	  "Num Type         Disp Enb   Where\n"
	  "1   breakpoint   keep yes   at /p/main.py:5\n"
	  "\tbreakpoint already hit 1 time\n"
	  "2   breakpoint   keep yes   at /p/main.py:5\n"
	  "\tstop only if z\n\tbreakpoint already hit 1 time\n" P "info b\n"
	  "Num Type         Disp Enb   Where\n"
	  "1   breakpoint   keep yes   at /p/main.py:5\n"
	  "\tbreakpoint already hit 1 time\n"
	  "2   breakpoint   keep yes   at /p/main.py:5\n"
	  "\tstop only if z\n\tbreakpoint already hit 1 time\n" P "b 8\n"
	  "Breakpoint 4 at /p/main.py:8\n" P "q\n", NULL },
	{ "clear, enable, disable", PY313 FIRST TEXT,
	  "b 8\nb 9\nb 9\ndisable 1 7 x\nenable 1\ncl 1\ncl 1\n"
	  "cl /p/main.py:3\ncl /q.py:3\ncl main.py:y\ncl /p/main.py:9\n"
	  "b 8\ncl\nno\ncl\ny\nb\nq\n",
	  AT1 P "b 8\nBreakpoint 1 at /p/main.py:8\n" P "b 9\n"
	  "Breakpoint 2 at /p/main.py:9\n" P "b 9\n"
	  "Breakpoint 3 at /p/main.py:9\n" P "disable 1 7 x\n"
	  "Disabled breakpoint 1 at /p/main.py:8\n"
	  "*** Breakpoint number 7 out of range\n"
	  "*** Non-numeric breakpoint number x\n" P "enable 1\n"
	  "Enabled breakpoint 1 at /p/main.py:8\n" P "cl 1\n"
	  "Deleted breakpoint 1 at /p/main.py:8\n" P "cl 1\n"
	  "*** Breakpoint 1 already deleted\n" P "cl /p/main.py:3\n"
	  "*** There is no breakpoint at /p/main.py:3\n" P "cl /q.py:3\n"
	  "*** There are no breakpoints in /q.py\n" P "cl main.py:y\n"
	  "*** Invalid line number (y)\n" P "cl /p/main.py:9\n"
	  "Deleted breakpoint 2 at /p/main.py:9\n"
	  "Deleted breakpoint 3 at /p/main.py:9\n" P "b 8\n"
	  "Breakpoint 4 at /p/main.py:8\n" P "cl\nClear all breaks? no\n" P
	  "cl\nClear all breaks? y\nDeleted breakpoint 4 at /p/main.py:8\n"
	  P "b\n" P "q\n", NULL },
	{ "ignore's errors", PY313 FIRST TEXT,
	  "b 8\nignore\nignore 1 x\nignore 1\nignore 1 1\nq\n",
	  AT1 P "b 8\nBreakpoint 1 at /p/main.py:8\n" P "ignore\n"
	  "*** Breakpoint number expected\n" P "ignore 1 x\n"
	  "*** Invalid argument: 1 x\n"
	  "        Usage: ignore bpnumber [count]\n" P "ignore 1\n"
	  "Will stop next time breakpoint 1 is reached.\n" P "ignore 1 1\n"
	  "Will ignore next 1 crossing of breakpoint 1.\n" P "q\n", NULL },
	/* The stack. */
	{ "where, up, down", PY313 IN_F TEXT,
	  "w\nu\nu\nu x\nw\nd\nd\nu 9\nu x\nd x\nq\n",
	  AT5 P "w\n  /p/main.py(8)<module>()\n-> f(1)\n" AT5 P "u\n"
	  "> /p/main.py(8)<module>()\n-> f(1)\n" P "u\n*** Oldest frame\n" P
	  "u x\n*** Oldest frame\n" P "w\n"
	  "> /p/main.py(8)<module>()\n-> f(1)\n  /p/main.py(5)f()\n-> y = x\n"
	  P "d\n" AT5 P "d\n*** Newest frame\n" P "u 9\n"
	  "> /p/main.py(8)<module>()\n-> f(1)\n" P "u x\n*** Oldest frame\n"
	  P "d x\n*** Invalid frame count (x)\n" P "q\n", NULL },
	{ "until", PY313 IN_F, "until x\nunt 5\nunt 4\nq\n",
	  AT5 P "until x\n*** Error in argument: 'x'\n" P "unt 5\n"
	  "*** \"until\" line number is smaller than current line number\n" P
	  "unt 4\n"
	  "*** \"until\" line number is smaller than current line number\n" P
	  "q\n", NULL },
	{ "resuming uses the selected frame", PY313 IN_F FIRST FIRST,
	  "u\nunt 9\nr\nq\n",
	  AT5 P "u\n> /p/main.py(8)<module>()\n-> f(1)\n" P "unt 9\n" AT1 P
	  "r\n" AT1 P "q\n",
	  "start python main.py a b\nresume until frame 1 line 9\n"
	  "resume return frame 0\nresume quit frame 0\n" },
	/* Source. */
	{ "list", PY313 IN_F TEXT,
	  "b 8\nl\n\nl 2,3\nl 9,1\nl .\nl x\nl 1,2,3\nl 20\nq\n",
	  AT5 P "b 8\nBreakpoint 1 at /p/main.py:8\n" P "l\n"
	  "  1  \timport os\n  2  \t\n  3  \t# note\n  4  \tdef f(x):\n"
	  "  5  ->\t    y = x\n  6  \t    return y\n  7  \t\n  8 B\tf(1)\n"
	  "  9  \tf(2)\n 10  \tprint('end')\n[EOF]\n" P "\n[EOF]\n" P
	  "l 2,3\n  2  \t\n  3  \t# note\n" P "l 9,1\n  9  \tf(2)\n"
	  " 10  \tprint('end')\n" P "l .\n"
	  "  1  \timport os\n  2  \t\n  3  \t# note\n  4  \tdef f(x):\n"
	  "  5  ->\t    y = x\n  6  \t    return y\n  7  \t\n  8 B\tf(1)\n"
	  "  9  \tf(2)\n 10  \tprint('end')\n[EOF]\n" P "l x\n"
	  "*** Error in argument: 'x'\n" P "l 1,2,3\n"
	  "*** Error in argument: '1,2,3'\n" P "l 20\n[EOF]\n" P "q\n",
	  NULL },
	{ "list post mortem", PY313 "stop postmortem /p/main.py:5 f y = x\n"
	  "now 6\n" TEXT, "l 5,6\nq\n",
	  "Uncaught exception. Entering post mortem debugging\n"
	  "Running 'cont' or 'step' will restart the program\n" AT5 P
	  "l 5,6\n  5  >>\t    y = x\n  6  ->\t    return y\n" P "q\n",
	  NULL },
	{ "longlist", PY313 IN_F TEXT, "ll\nu\nll\nq\n",
	  AT5 P "ll\n  4  \tdef f(x):\n  5  ->\t    y = x\n"
	  "  6  \t    return y\n" P "u\n> /p/main.py(8)<module>()\n-> f(1)\n"
	  P "ll\n  1  \timport os\n  2  \t\n  3  \t# note\n"
	  "  4  \tdef f(x):\n  5  \t    y = x\n  6  \t    return y\n"
	  "  7  \t\n  8  ->\tf(1)\n  9  \tf(2)\n 10  \tprint('end')\n" P
	  "q\n", NULL },
	{ "no source", PY313 "stop line <string>:1 f\n", "l\nll\nq\n",
	  "> <string>(1)f()\n" P "l\n[EOF]\n" P "ll\n"
	  "*** could not get source code\n" P "q\n", NULL },
	/* Data. */
	{ "p, pp, whatis, args", PY313 IN_F
	  "eval x => 1\nfail  => SyntaxError: invalid syntax\n"
	  "var x => 1\nvar z => undefined\n",
	  "p x\npp x\np y\np\na\nq\n",
	  AT5 P "p x\n1\n" P "pp x\n1\n" P "p y\n"
	  "*** NameError: name 'y' is not defined\n" P "p\n"
	  "*** SyntaxError: invalid syntax\n" P "a\nx = 1\n"
	  "z = *** undefined ***\n" P "q\n", NULL },
	/* Ends. */
	{ "it finishes and begins anew", PY313 FIRST TEXT "finish 0\n" FIRST,
	  "b 8\nc\nq\n",
	  AT1 P "b 8\nBreakpoint 1 at /p/main.py:8\n" P "c\n"
	  "The program finished and will be restarted\n" AT1 P "q\n",
	  "start python main.py a b\nset 1 /p/main.py:8\n"
	  "resume continue frame 0\nstart python main.py a b\n"
	  "set 1 /p/main.py:8\nresume quit frame 0\n" },
	{ "sys.exit, 3.12", PY312 FIRST "sysexit 3 3\n" FIRST, "c\nq\n",
	  AT1 P "c\nThe program exited via sys.exit(). Exit status: 3\n" AT1
	  P "q\n", NULL },
	{ "sys.exit, 3.13", PY313 FIRST "sysexit 3 3\n" FIRST, "c\nq\n",
	  AT1 P "c\nThe program exited via sys.exit(). Exit status: 3\n"
	  "The program finished and will be restarted\n" AT1 P "q\n", NULL },
	{ "restart", PY312 FIRST FIRST FIRST,
	  "run 'c d' e\nrestart\nrun '\nq\n",
	  AT1 P "run 'c d' e\nRestarting /p/main.py with arguments:\n"
	  "\tc d e\n" AT1 P "restart\n"
	  "Restarting /p/main.py with arguments:\n\tc d e\n" AT1 P "run '\n"
	  "*** Cannot run ': No closing quotation\n" P "q\n",
	  "start python main.py a b\nresume quit frame 0\n"
	  "start python main.py c d e\nresume quit frame 0\n"
	  "start python main.py c d e\nresume quit frame 0\n" },
	{ "post mortem, 3.12: q starts anew", PY312 FIRST
	  "stop postmortem /p/main.py:5 f y = x\n" FIRST, "c\nq\nq\n",
	  AT1 P "c\nUncaught exception. Entering post mortem debugging\n"
	  "Running 'cont' or 'step' will restart the program\n" AT5 P "q\n"
	  "Post mortem debugger finished. The /p/main.py will be restarted\n"
	  AT1 P "q\n", NULL },
	{ "post mortem, 3.13: step starts anew, q quits", PY313 FIRST
	  "stop postmortem /p/main.py:5 f y = x\n"
	  "stop postmortem /p/main.py:5 f y = x\n", "c\ns\nq\n",
	  AT1 P "c\nUncaught exception. Entering post mortem debugging\n"
	  "Running 'cont' or 'step' will restart the program\n" AT5 P "s\n"
	  "The program finished and will be restarted\n"
	  "Uncaught exception. Entering post mortem debugging\n"
	  "Running 'cont' or 'step' will restart the program\n" AT5 P "q\n",
	  NULL },
	{ "a script that does not compile, 3.11", PY311
	  "stop syntax /p/main.py:5 f y = x\n", "", "[exit 1]\n", NULL },
	{ "a death, and what is left", PY313 FIRST TEXT
	  "signal 11\nlast /p/main.py:5 in f\n" FIRST,
	  "b 8\nc\nn\np x\nx\nw\ninfo b\nb nosuch\nrun\nq\n",
	  AT1 P "b 8\nBreakpoint 1 at /p/main.py:8\n" P "c\n"
	  "Program terminated with signal SIGSEGV, Segmentation fault. "
	  "Last known line: /p/main.py:5 in f\n" P "n\n"
	  "*** The program is not being run.\n" P "p x\n"
	  "*** The program is not being run.\n" P "x\n"
	  "*** The program is not being run.\n" P "w\n"
	  "*** The program is not being run.\n" P "info b\n"
	  "Num Type         Disp Enb   Where\n"
	  "1   breakpoint   keep yes   at /p/main.py:8\n" P "b nosuch\n"
	  "*** The program is not being run.\n" P "run\n"
	  "Restarting /p/main.py with arguments:\n\ta b\n" AT1 P "q\n",
	  "start python main.py a b\nset 1 /p/main.py:8\n"
	  "resume continue frame 0\nstart python main.py a b\n"
	  "set 1 /p/main.py:8\nresume quit frame 0\n" },
	{ "os._exit", PY313 FIRST "exit 3\n", "c\nq\n",
	  AT1 P "c\nProgram exited with status 3 without unwinding "
	  "(os._exit?).\n" P "q\n", NULL },
	{ "it had executed another program", PY313 FIRST "exit 0\ndetached\n",
	  "c\nq\n",
	  AT1 P "c\nProgram exited with status 0, out of the debugger's hands "
	  "since it executed another program or closed its channel.\n" P
	  "q\n", NULL },
	{ "kill", PY313 FIRST, "kill\nkill\nq\n",
	  AT1 P "kill\n[Program killed]\n" P "kill\n"
	  "*** The program is not being run.\n" P "q\n",
	  "start python main.py a b\nkill\n" },
	{ "it ends at once: no endless restart", PY313 "finish 4\n", "q\n",
	  "The program finished without a line to stop at\n" P "q\n",
	  "start python main.py a b\n" },
	{ "a restart that ends at once", PY313 FIRST "finish 0\nfinish 0\n",
	  "c\nq\n",
	  AT1 P "c\nThe program finished and will be restarted\n"
	  "The program finished\n" P "q\n", NULL },
	/* Help. */
	{ "help", PY313 FIRST, "help kill\nhelp nosuch\n?kill\nq\n",
	  AT1 P "help kill\n" KILL_HELP P "help nosuch\n"
	  "*** No help for 'nosuch'\n" P "?kill\n" KILL_HELP P "q\n", NULL },
	{ "help, 3.11", PY311 FIRST, "h n\nq\n",
	  AT1 P "h n\nn(ext) [count]\n"
	  "        Run until the next line of the selected frame's function "
	  "is\n        reached, or until it returns.  Functions that are "
	  "called run\n        through.  With a count do so that many times."
	  "\n\n        Example: n 3\n" P "q\n", NULL },
};

struct run {
	struct pd_buf	 out;
	const char	*left;		/* lines not yet typed */
};

static void
take(void *ctx, enum pd_role role, const char *p, size_t n)
{
	(void)role;
	pd_buf_add(&((struct run *)ctx)->out, p, n);
}

static bool
next_line(struct run *r, struct pd_buf *line)
{
	size_t n = strcspn(r->left, "\n");

	if (*r->left == '\0')
		return false;
	pd_buf_reset(line);
	pd_buf_add(line, r->left, n);
	r->left += n + (r->left[n] == '\n');
	return true;
}

static int
answer(void *ctx, const char *prompt, struct pd_buf *out)
{
	struct run *r = ctx;

	pd_buf_adds(&r->out, prompt);
	if (!next_line(r, out))
		return -1;
	pd_buf_add(&r->out, out->s, out->n);
	pd_buf_addc(&r->out, '\n');
	return 0;
}

static void
set_up(struct pd_session *s, struct run *r)
{
	static const char *const argv[] = { "python", "main.py", "a", "b" };
	struct pd_buf line = { 0 };

	for (size_t i = 0; i < 4; i++)
		*PD_VEC_PUSH(&s->launch.argv, struct pd_str) =
		    pd_str_from(argv[i]);
	s->program_args = 2;
	s->what = pd_str_from("/p/main.py");
	s->launch.cwd = pd_str_from("/p");
	s->read_line = answer;
	s->read_ctx = r;
	while (strncmp(r->left, "%rc ", 4) == 0 && next_line(r, &line))
		pd_session_queue(s, line.s + 4, "rc:1");
	pd_buf_done(&line);
}

static void
drive(struct pd_session *s, struct run *r)
{
	struct pd_buf line = { 0 };

	pd_session_start(s);
	while (pd_session_run_queue(s) != PD_CMD_QUIT && !s->quit) {
		pd_session_before_prompt(s);
		pd_buf_adds(&r->out, P);
		if (!next_line(r, &line)) {
			pd_buf_adds(&r->out, "[no more lines]");
			break;
		}
		if (strcmp(pd_buf_c(&line), "%eof") == 0) {
			pd_session_eof(s);
			continue;
		}
		pd_buf_add(&r->out, pd_buf_c(&line), line.n);
		pd_buf_addc(&r->out, '\n');
		pd_session_line(s, pd_buf_c(&line), line.n);
	}
	if (s->exit_code != 0)
		pd_buf_addf(&r->out, "[exit %d]\n", s->exit_code);
	pd_buf_done(&line);
}

static void
run_test(const struct test *t)
{
	struct run r = { .left = t->lines };
	struct pd_sink sink = { .write = take, .ctx = &r };
	struct pd_session s;
	struct pd_err err;
	struct pd_target *target = pd_target_fake_new(t->script, &err);

	if (target == NULL) {
		tap_ok(false, "%s: %s", t->name, err.msg);
		return;
	}
	pd_session_init(&s, target, &sink);
	set_up(&s, &r);
	drive(&s, &r);
	tap_is_str(pd_buf_c(&r.out), t->want, t->name);
	if (t->log != NULL)
		tap_is_str(pd_target_fake_log(target), t->log,
		    "... and asked the target so");
	pd_session_done(&s);
	target->ops->close(target);
	pd_buf_done(&r.out);
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
		run_test(&tests[i]);
	return tap_done();
}
