/*
 * Executing another program: an ignored SIGINT stays ignored.
 *
 * A handler becomes the default action in exec, and the kernel has ours
 * (sigint.c) though the program ignores the signal.  The calls that end in
 * exec, or in libc's own fork, are therefore defined in front of libc's and
 * put the program's disposition back for their time.
 *
 * They must stay safe between vfork and exec: no locks, no memory; libc's
 * functions are looked up before.
 */
#include <dlfcn.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "start/start.h"

static struct {
	int	(*execv)(const char *, char *const []);
	int	(*execve)(const char *, char *const [], char *const []);
	int	(*execvp)(const char *, char *const []);
	int	(*execvpe)(const char *, char *const [], char *const []);
	int	(*fexecve)(int, char *const [], char *const []);
	int	(*posix_spawn)(pid_t *, const char *,
		    const posix_spawn_file_actions_t *,
		    const posix_spawnattr_t *, char *const [], char *const []);
	int	(*posix_spawnp)(pid_t *, const char *,
		    const posix_spawn_file_actions_t *,
		    const posix_spawnattr_t *, char *const [], char *const []);
	int	(*system)(const char *);
	FILE	*(*popen)(const char *, const char *);
} real;

/* ISO C has no cast from dlsym's pointer to a function's. */
#define LOOKUP(name) do {						\
	void *p_ = dlsym(RTLD_NEXT, #name);				\
	memcpy(&real.name, &p_, sizeof(p_));				\
} while (0)

void
pd_start_spawn_init(void)
{
	LOOKUP(execv);
	LOOKUP(execve);
	LOOKUP(execvp);
	LOOKUP(execvpe);
	LOOKUP(fexecve);
	LOOKUP(posix_spawn);
	LOOKUP(posix_spawnp);
	LOOKUP(system);
	LOOKUP(popen);
}

/* In a process where nobody called pd_start_spawn_init(). */
#define REAL(name) do {							\
	if (real.name == NULL)						\
		LOOKUP(name);						\
} while (0)

#define DEFINE(type, name, params, args)				\
__attribute__((visibility("default"))) type				\
name params								\
{									\
	bool left = pd_start_sigint_leave();				\
	type ret;							\
									\
	REAL(name);							\
	ret = real.name args;						\
	if (left)							\
		pd_start_sigint_back();					\
	return ret;							\
}

DEFINE(int, execv, (const char *path, char *const argv[]), (path, argv))
DEFINE(int, execve, (const char *path, char *const argv[],
    char *const envp[]), (path, argv, envp))
DEFINE(int, execvp, (const char *file, char *const argv[]), (file, argv))
DEFINE(int, execvpe, (const char *file, char *const argv[],
    char *const envp[]), (file, argv, envp))
DEFINE(int, fexecve, (int fd, char *const argv[], char *const envp[]),
    (fd, argv, envp))
DEFINE(int, posix_spawn, (pid_t *restrict pid, const char *restrict path,
    const posix_spawn_file_actions_t *restrict acts,
    const posix_spawnattr_t *restrict attr, char *const argv[restrict],
    char *const envp[restrict]), (pid, path, acts, attr, argv, envp))
DEFINE(int, posix_spawnp, (pid_t *restrict pid, const char *restrict file,
    const posix_spawn_file_actions_t *restrict acts,
    const posix_spawnattr_t *restrict attr, char *const argv[restrict],
    char *const envp[restrict]), (pid, file, acts, attr, argv, envp))
DEFINE(int, system, (const char *line), (line))
DEFINE(FILE *, popen, (const char *line, const char *mode), (line, mode))
