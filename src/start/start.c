/*
 * pydbg-start.so: takes main() of the user's Python.
 *
 * The front preloads this object into the Python that it launches.  It stands
 * in front of libc's __libc_start_main(), which every program calls with its
 * main(); if the process is a Python and the front's channel is there, libc
 * gets start_main() instead.  That says HELLO on the channel and does what
 * WELCOME tells it: to load an engine and call its main in place of the
 * program's, to run on as if nothing were, or to end.  A Python never begins a
 * program before the answer has come.
 *
 * In every other process on the way (the bash of a shim, env) it does
 * nothing at all, and leaves environment and descriptors to whoever comes
 * next.  It needs libc alone, has no constructors, exports what start.map
 * lists, and must not write to the program's streams.
 */
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "start/doors.h"
#include "start/start.h"
#include "wire/chan.h"
#include "wire/crash.h"

#define STATUS_REFUSED	2

typedef int (*main_fn)(int, char **, char **);
typedef int (*start_fn)(main_fn, int, char **, void (*)(void),
	    void (*)(void), void (*)(void), void *);

int	__libc_start_main(main_fn, int, char **, void (*)(void),
	    void (*)(void), void (*)(void), void *);

static main_fn			 program_main;
static pd_engine_main_fn	 engine_main;
static int			 channel_fd = -1;
static struct pd_start_doors	 doors = { .version = PD_DOORS_VERSION };

/* ISO C has no cast from dlsym's pointer to a function's. */
static bool
lookup(void *handle, const char *name, void *fnp)
{
	void *p = dlsym(handle, name);

	memcpy(fnp, &p, sizeof(p));
	return p != NULL;
}

/* As LD_PRELOAD names us. */
static const char *
self_name(void)
{
	Dl_info info;

	return dladdr(&doors, &info) != 0 ? info.dli_fname : NULL;
}

/* The front's channel, if this is a Python that it may be meant for. */
static int
find_channel(void)
{
	struct stat st;
	int fd = pd_start_env_fd(PD_WIRE_ENV);

	/* Py_GetVersion is in all of them, also in those too old for us. */
	if (fd == -1 || dlsym(RTLD_DEFAULT, "Py_GetVersion") == NULL)
		return -1;
	if (fstat(fd, &st) == -1 || !S_ISSOCK(st.st_mode))
		return -1;
	return fd;
}

static void
channel_changed(int fd)
{
	pd_start_fd_keep(PD_START_CHANNEL, fd);
}

static int
send_hello(struct pd_chan *ch, int argc, char **argv)
{
	struct pd_hello hello = { .protocol = PD_WIRE_VERSION };
	const unsigned long *hex = dlsym(RTLD_DEFAULT, "Py_Version");
	const char *(*version)(void);
	struct pd_err err;
	int rc;

	hello.pid = (uint64_t)getpid();
	hello.hex = hex != NULL ? *hex : 0;
	if (lookup(RTLD_DEFAULT, "Py_GetVersion", &version))
		hello.version = pd_str_from(version());
	hello.free_threaded =
	    strstr(pd_str_c(&hello.version), "free-threading") != NULL;
	for (int i = 0; i < argc; i++)
		*PD_VEC_PUSH(&hello.argv, struct pd_str) =
		    pd_str_from(argv[i]);
	rc = pd_chan_send(ch, PD_KIND_EVENT, PD_OP_HELLO, &hello, &err);
	pd_rec_done(&pd_hello_desc, &hello);
	return rc;
}

/* Ends the process if the front is gone or makes no sense. */
static void
await_welcome(struct pd_chan *ch, struct pd_welcome *welcome)
{
	struct pd_msg msg = { 0 };
	struct pd_err err;

	if (pd_chan_recv(ch, &msg, false, &err) != 1 ||
	    msg.kind != PD_KIND_REQUEST || msg.op != PD_OP_WELCOME ||
	    pd_msg_body(&msg, welcome, &err) != 0)
		_exit(STATUS_REFUSED);
	pd_msg_done(&msg);
}

/* The socket pair's maker is the front; -1 if that is not known. */
static pid_t
front_pid(int fd)
{
	struct ucred cred;
	socklen_t n = sizeof(cred);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &cred, &n) == -1 ||
	    cred.pid <= 0)
		return -1;
	return cred.pid;
}

static bool
is_child_of_front(int fd)
{
	return front_pid(fd) == getppid();
}

/*
 * Not the Python that was meant.  If the front started this very process, it
 * is a launcher written in Python, which will execute the right one: that
 * must find everything as it was.  Otherwise it is some helper on the way.
 */
static void
pass(int fd)
{
	if (is_child_of_front(fd))
		return;
	pd_start_fd_close(fd);
	pd_start_fd_close(pd_start_env_fd(PD_WORDS_ENV));
	pd_start_fd_close(pd_start_self_fd(self_name()));
	pd_start_env_clean(self_name());
}

/* From here on the process is the program's, apart from what is kept. */
static void
settle(struct pd_chan *ch)
{
	if (!is_child_of_front(ch->fd)) {
		/* Somebody between us and the front dies with it: so do we. */
		prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	}
	channel_fd = ch->fd = pd_start_fd_move(ch->fd);
	doors.words_fd = pd_start_env_fd(PD_WORDS_ENV);
	if (doors.words_fd != -1)
		doors.words_fd = pd_start_fd_move(doors.words_fd);
	pd_start_fd_close(pd_start_self_fd(self_name()));
	pd_start_fd_keep(PD_START_CHANNEL, channel_fd);
	pd_start_fd_keep(PD_START_WORDS, doors.words_fd);
	doors.channel = channel_changed;
	doors.sigint_watch = pd_start_sigint_watch;
	doors.sigint_policy = pd_start_sigint_policy;
	doors.sigint_pass = pd_start_sigint_pass;
	doors.wake = pd_start_sigint_wake;
	pd_start_spawn_init();
	pd_start_sigint_begin(front_pid(ch->fd));
	pd_start_env_clean(self_name());
}

static bool
found_engine(void)
{
	void *so = dlopen(doors.engine, RTLD_NOW | RTLD_LOCAL);

	return so != NULL && lookup(so, PD_ENGINE_MAIN, &engine_main);
}

static void
load_engine(struct pd_chan *ch)
{
	struct pd_text text = { 0 };
	struct pd_err err;

	if (found_engine())
		return;
	text.text = pd_str_from(dlerror());
	pd_chan_send(ch, PD_KIND_EVENT, PD_OP_FAILED, &text, &err);
	_exit(STATUS_REFUSED);
}

/* True if the engine is to run.  A function of its own, so that nothing of
 * its frame lies below the program's. */
static __attribute__((noinline)) bool
handshake(int argc, char **argv)
{
	struct pd_welcome welcome = { 0 };
	struct pd_chan ch;

	pd_chan_init(&ch, channel_fd);
	if (send_hello(&ch, argc, argv) != 0)
		_exit(STATUS_REFUSED);
	await_welcome(&ch, &welcome);
	if (welcome.what == PD_WELCOME_GO && welcome.engine.s != NULL) {
		doors.engine = pd_xstrdup(welcome.engine.s);
		if (welcome.log.s != NULL)
			doors.log = pd_xstrdup(welcome.log.s);
		doors.abort_on_bug = welcome.abort_on_bug;
		settle(&ch);
		load_engine(&ch);
	} else if (welcome.what == PD_WELCOME_PASS)
		pass(channel_fd);
	else
		_exit(STATUS_REFUSED);
	ch.fd = -1;	/* not ours to close */
	pd_chan_done(&ch);
	pd_rec_done(&pd_welcome_desc, &welcome);
	return engine_main != NULL;
}

/* No debugger, only an engine that writes cores. */
static int
start_crash(int argc, char **argv, char **envp)
{
	if (!pd_start_crash_wanted(argc, argv))
		return program_main(argc, argv, envp);
	pd_start_crash_fill(&doors);
	if (!found_engine()) {
		dprintf(STDERR_FILENO, "pydbg: cannot load the engine: %s\n",
		    dlerror());
		_exit(STATUS_REFUSED);
	}
	pd_start_fd_close(pd_start_self_fd(self_name()));
	pd_start_spawn_init();
	pd_start_env_clean(self_name());
	return engine_main(argc, argv, -1, &doors);
}

static int
start_main(int argc, char **argv, char **envp)
{
	if (!handshake(argc, argv))
		return program_main(argc, argv, envp);
	return engine_main(argc, argv, channel_fd, &doors);
}

__attribute__((visibility("default"))) int
__libc_start_main(main_fn main, int argc, char **argv, void (*init)(void),
    void (*fini)(void), void (*rtld_fini)(void), void *stack_end)
{
	start_fn start;

	if (!lookup(RTLD_NEXT, "__libc_start_main", &start))
		_exit(127);
	channel_fd = find_channel();
	if (channel_fd != -1) {
		program_main = main;
		main = start_main;
	} else if (getenv(PD_CRASH_ENV) != NULL) {
		program_main = main;
		main = start_crash;
	}
	return start(main, argc, argv, init, fini, rtld_fini, stack_end);
}
