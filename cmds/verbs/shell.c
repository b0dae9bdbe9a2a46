/*
 * shell: a command for the shell.
 */
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmds/room.h"
#include "rows.h"

/* What the commands come from is not for the shell to read. */
static __attribute__((noreturn)) void
child(const char *shell, const char *arg)
{
	sigset_t none;
	int fd;

	sigemptyset(&none);
	for (int sig = 1; sig < NSIG; sig++)
		if (sig != SIGKILL && sig != SIGSTOP)
			signal(sig, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (!isatty(STDIN_FILENO)) {
		fd = open("/dev/null", O_RDONLY);
		if (fd > 0)
			dup2(fd, 0);
	}
	if (*arg != '\0')
		execl(shell, shell, "-c", arg, (char *)NULL);
	else
		execl(shell, shell, (char *)NULL);
	_exit(127);
}

/* As system(): the keys' signals are the shell's while it runs. */
static int
run_shell(const char *shell, const char *arg, int *status)
{
	struct sigaction ign = { .sa_handler = SIG_IGN }, intr, quit;
	pid_t pid;

	sigaction(SIGINT, &ign, &intr);
	sigaction(SIGQUIT, &ign, &quit);
	pid = fork();
	if (pid == 0)
		child(shell, arg);
	while (pid > 0 && waitpid(pid, status, 0) == -1)
		if (errno != EINTR) {
			*status = 0;	/* somebody else waited for it */
			break;
		}
	sigaction(SIGINT, &intr, NULL);
	sigaction(SIGQUIT, &quit, NULL);
	return pid < 0 ? -1 : 0;
}

static enum pd_cmd_status
run(struct pd_session *s, const char *arg)
{
	const char *shell = getenv("SHELL");
	int status = 0;

	if (shell == NULL || *shell == '\0')
		shell = "/bin/sh";
	pd_out_flush(s->sink);
	if (run_shell(shell, arg, &status) < 0) {
		pd_out_error(s->sink, "cannot make a process: %s",
		    strerror(errno));
		return PD_CMD_FAILED;
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		pd_out(s->sink, PD_ROLE_NOTE, "[%s ended with status 127]\n",
		    shell);
	else if (WIFSIGNALED(status))
		pd_out(s->sink, PD_ROLE_NOTE, "[%s ended by signal %d]\n",
		    shell, WTERMSIG(status));
	return PD_CMD_STAY;
}

const struct pd_cmd pd_cmd_shell = {
	.name = "shell",
	.group = PD_GROUP_SESSION,
	.args = { PD_ARG_TEXT },
	.usage = "shell [command]",
	.summary = "Run a command of the shell's.",
	.help =
	    "Run the rest of the line with $SHELL, or that shell itself.\n"
	    "It reads from the terminal; if commands come from elsewhere\n"
	    "it has nothing to read.",
	.example = "shell ls -l",
	.soft = true,
	.exec = run,
};
