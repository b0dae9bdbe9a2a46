/*
 * What is to be debugged: script, NAME, directory, zip file or -m module.
 *
 * Called by main.c.  Must not run anything and must not change the target's
 * spelling: sys.argv[0] is what the user typed, as under python itself.  A
 * NAME becomes the path where it was found, as it would from a shell.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "ui/program.h"
#include "ui/python.h"
#include "ui/shebang.h"

struct script {
	struct pd_str		path;	/* as it goes into argv */
	struct pd_shebang	shebang;
	bool			by_name; /* found on PATH: run as the shell
					    would, with the line's option */
};

static void
script_done(struct script *sc)
{
	pd_str_done(&sc->path);
	pd_shebang_done(&sc->shebang);
}

/* A command that Python runs?  Its first line goes to *sb. */
static bool
is_python_script(const char *path, struct pd_shebang *sb)
{
	pd_shebang_read(path, sb);
	if (sb->python || pd_ends(path, ".py") || pd_ends(path, ".pyz"))
		return true;
	pd_shebang_done(sb);
	return false;
}

/*
 * Goes through PATH for a NAME.  What is no Python script (a pyenv shim, for
 * one) is passed over; the first of those is kept for the message.
 */
static bool
search_path(const char *name, const char *path, struct script *sc,
    struct pd_str *other)
{
	const char *end;
	struct pd_str dir, file;

	for (; path != NULL; path = *end != '\0' ? end + 1 : NULL) {
		end = strchrnul(path, ':');
		dir = pd_str_new(path, (size_t)(end - path));
		file = pd_path_join(dir.n > 0 ? dir.s : ".", name);
		pd_str_done(&dir);
		if (pd_path_is_exec(file.s)) {
			if (is_python_script(file.s, &sc->shebang)) {
				sc->path = file;
				sc->by_name = true;
				return true;
			}
			if (other->s == NULL) {
				*other = file;
				continue;
			}
		}
		pd_str_done(&file);
	}
	return false;
}

static bool
search_venv(const char *name, const char *venv, struct script *sc,
    struct pd_str *other)
{
	struct pd_str bin;
	bool found;

	if (venv == NULL || *venv == '\0')
		return false;
	bin = pd_path_join(venv, "bin");
	found = strchr(bin.s, ':') == NULL &&
	    search_path(name, bin.s, sc, other);
	pd_str_done(&bin);
	return found;
}

static int
find_name(const char *name, struct script *sc, struct pd_err *err)
{
	struct pd_str cwd, venv = { 0 }, other = { 0 }, why = { 0 };
	bool found;

	found = search_path(name, getenv("PATH"), sc, &other) ||
	    search_venv(name, getenv("VIRTUAL_ENV"), sc, &other);
	if (!found) {
		cwd = pd_path_abs(".", NULL);
		venv = pd_python_venv(cwd.s, &why);
		found = search_venv(name, venv.s, sc, &other);
		pd_str_done(&cwd);
	}
	if (!found && other.s != NULL)
		pd_err_set(err, "Error: %s is not a Python script", other.s);
	else if (!found)
		pd_err_set(err, "Error: %s does not exist", name);
	pd_str_done(&venv);
	pd_str_done(&other);
	pd_str_done(&why);
	return found ? 0 : 1;
}

static bool
has_main(const char *dir)
{
	static const char *const names[] = {
		"__main__.py", "__main__.pyc", "__main__/__init__.py",
	};
	struct pd_str file;
	bool found = false;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]) && !found; i++) {
		file = pd_path_join(dir, names[i]);
		found = pd_path_exists(file.s);
		pd_str_done(&file);
	}
	return found;
}

/* A file that is there: can it be a program at all? */
static int
check_file(const char *path, struct pd_err *err)
{
	struct stat st;
	int fd;

	if (stat(path, &st) == -1) {
		pd_err_set(err, "Error: %s cannot be read: %s", path,
		    strerror(errno));
		return 1;
	}
	if (S_ISDIR(st.st_mode)) {
		if (has_main(path))
			return 0;
		pd_err_set(err, "Error: %s is a directory", path);
		return 1;
	}
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd == -1) {
		pd_err_set(err, "Error: %s cannot be read: %s", path,
		    strerror(errno));
		return 1;
	}
	close(fd);
	return 0;
}

static int
find_script(const char *word, struct script *sc, struct pd_err *err)
{
	struct stat st;
	bool is_name = strchr(word, '/') == NULL && !pd_ends(word, ".py") &&
	    !pd_ends(word, ".pyz");
	bool there = stat(word, &st) == 0 || errno != ENOENT;
	int r;

	/* `pydbg black` beside a package directory black/ means the command,
	 * unless that directory can be run. */
	if (is_name && (!there || (pd_path_is_dir(word) && !has_main(word)))) {
		r = find_name(word, sc, err);
		if (r == 0 || !there)
			return r;
	} else if (!there) {
		pd_err_set(err, "Error: %s does not exist", word);
		return 1;
	}
	if ((r = check_file(word, err)) != 0)
		return r;
	sc->path = pd_str_from(word);
	if (S_ISREG(st.st_mode))
		pd_shebang_read(word, &sc->shebang);
	return 0;
}

/* Directory in whose surroundings a venv is looked for; owned. */
static struct pd_str
home_dir(const struct script *sc)
{
	struct pd_str abs, dir;

	if (sc->path.s == NULL)
		return pd_path_abs(".", NULL);
	abs = pd_path_abs(sc->path.s, NULL);
	if (pd_path_is_dir(abs.s))
		return abs;
	dir = pd_path_dir(abs.s);
	pd_str_done(&abs);
	return dir;
}

static struct pd_str
pyenv_root(void)
{
	const char *root = getenv("PYENV_ROOT"), *home = getenv("HOME");

	if (root != NULL && *root != '\0')
		return pd_str_from(root);
	return home != NULL ? pd_path_join(home, ".pyenv") :
	    pd_str_from(NULL);
}

static int
find_python(const struct pd_options *o, const struct script *sc,
    struct pd_program *p, struct pd_err *err)
{
	struct pd_str dir = home_dir(sc), pyenv = pyenv_root();
	struct pd_python_choice choice;
	const struct pd_python_ask ask = {
		.option = o->python,
		.shebang = &sc->shebang,
		.dir = dir.s,
		.virtual_env = getenv("VIRTUAL_ENV"),
		.path = getenv("PATH"),
		.pyenv = pyenv.s,
	};
	int r = pd_python_choose(&ask, &choice, err);

	pd_str_done(&dir);
	pd_str_done(&pyenv);
	if (r == -1)
		return 2;
	p->python = choice.exe;
	p->why = choice.why;
	p->note = choice.note;
	return 0;
}

static void
add_arg(struct pd_program *p, const char *s)
{
	*PD_VEC_PUSH(&p->argv, struct pd_str) = pd_str_from(s);
}

static void
build_argv(const struct pd_options *o, const struct script *sc, int argc,
    char **argv, struct pd_program *p)
{
	int i = o->rest;

	add_arg(p, p->python.s);
	if (sc->by_name && sc->shebang.option.s != NULL)
		add_arg(p, sc->shebang.option.s);
	PD_VEC_EACH(&o->pyflags, const char *, flag)
		add_arg(p, *flag);
	if (o->module != NULL) {
		add_arg(p, "-m");
		add_arg(p, o->module);
	} else {
		/* Python would take a file named -x.py as options. */
		if (sc->path.s[0] == '-')
			add_arg(p, "--");
		add_arg(p, sc->path.s);
		i++;
	}
	p->args_at = p->argv.n;
	for (; i < argc; i++)
		add_arg(p, argv[i]);
}

int
pd_program_find(const struct pd_options *o, int argc, char **argv,
    struct pd_program *p, struct pd_err *err)
{
	struct script sc = { 0 };
	int r = 0;

	memset(p, 0, sizeof(*p));
	if (o->module == NULL)
		r = find_script(argv[o->rest], &sc, err);
	if (r == 0)
		r = find_python(o, &sc, p, err);
	if (r == 0) {
		build_argv(o, &sc, argc, argv, p);
		p->what = o->module != NULL ? pd_str_from(o->module) :
		    pd_path_real(sc.path.s);
	}
	script_done(&sc);
	return r;
}

void
pd_program_done(struct pd_program *p)
{
	PD_VEC_EACH(&p->argv, struct pd_str, s)
		pd_str_done(s);
	pd_vec_done(&p->argv);
	pd_str_done(&p->what);
	pd_str_done(&p->python);
	pd_str_done(&p->why);
	pd_str_done(&p->note);
}
