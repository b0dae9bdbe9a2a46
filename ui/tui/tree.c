/*
 * The tree of a frame's variables.  See tree.h.
 *
 * Called by the variables pane.  What is open is asked for once for each stop,
 * a request for each open value; the program's code runs in pd_tree_open()
 * alone, for a property that the user opens.
 */
#include "ui/tui/tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define PAGE		100u	/* children that are fetched at first */
#define NODES_MAX	20000u	/* in all: a bound on one stop's work */
#define MARKS_MAX	1000u	/* opened and closed by the user */
#define DEPTH_MAX	64u

/* What the user did with a row, by its key. */
struct mark {
	struct pd_str	 key;
	bool		 open;
	uint64_t	 want;		/* children */
};

/* A property's value, as it was when it was asked for. */
struct asked {
	struct pd_str	 key;
	struct pd_item	 item;
};

/* ---- keys ---------------------------------------------------------------- */

static void
node_key(const struct pd_tree *t, const struct pd_branch *n, struct pd_buf *b)
{
	static const char *const roots[] = { "args", "locals", "globals" };

	if (n->parent == NULL) {
		pd_buf_addf(b, "%s%s", n->root == PD_ROOT_GLOBALS ? "" :
		    pd_str_c(&t->function), roots[n->root]);
		return;
	}
	node_key(t, n->parent, b);
	pd_buf_addc(b, '\n');
	pd_buf_adds(b, pd_str_c(&n->item.label));
}

void
pd_tree_key(const struct pd_tree *t, const struct pd_row *row,
    struct pd_buf *b)
{
	static const char *const tails[] = {
		[PD_ROW_NODE] = "",
		[PD_ROW_SPECIAL] = "\n*",
		[PD_ROW_MORE] = "\n+",
		[PD_ROW_ERROR] = "\n!",
	};

	node_key(t, row->node, b);
	pd_buf_adds(b, tails[row->kind]);
}

/* ---- what is open -------------------------------------------------------- */

static struct mark *
find_mark(const struct pd_tree *t, const char *key)
{
	PD_VEC_EACH(&t->marks, struct mark, m)
		if (strcmp(m->key.s, key) == 0)
			return m;
	return NULL;
}

static struct mark *
make_mark(struct pd_tree *t, const char *key, bool open)
{
	struct mark *m = find_mark(t, key);

	if (m == NULL) {
		if (t->marks.n == MARKS_MAX) {
			pd_str_done(&PD_VEC_AT(&t->marks, struct mark, 0)->key);
			pd_vec_remove(&t->marks, 0, sizeof(*m));
		}
		m = PD_VEC_PUSH(&t->marks, struct mark);
		m->key = pd_str_from(key);
		m->want = PAGE;
	}
	m->open = open;
	return m;
}

bool
pd_tree_special_open(const struct pd_tree *t, const struct pd_branch *n)
{
	struct pd_buf b = { 0 };
	struct mark *m;

	node_key(t, n, &b);
	pd_buf_adds(&b, "\n*");
	m = find_mark(t, pd_buf_c(&b));
	pd_buf_done(&b);
	return m != NULL && m->open;
}

/* ---- nodes --------------------------------------------------------------- */

static void
free_kids(struct pd_branch *n);

static void
free_node(struct pd_branch *n)
{
	if (n == NULL)
		return;
	free_kids(n);
	pd_rec_done(&pd_item_desc, &n->item);
	pd_str_done(&n->error);
	free(n);
}

static void
free_kids(struct pd_branch *n)
{
	PD_VEC_EACH(&n->kids, struct pd_branch *, kid)
		free_node(*kid);
	pd_vec_done(&n->kids);
	n->total = 0;
}

static unsigned
depth_of(const struct pd_branch *n)
{
	unsigned depth = 0;

	for (; n->parent != NULL; n = n->parent)
		depth++;
	return depth;
}

static bool
is_cycle(const struct pd_branch *n)
{
	for (const struct pd_branch *p = n->parent; p != NULL; p = p->parent)
		if (n->item.ident != 0 && p->item.ident == n->item.ident &&
		    n->item.count > 0)
			return true;
	return false;
}

/* ---- asking -------------------------------------------------------------- */

void
pd_tree_path(const struct pd_branch *n, struct pd_children_req *req)
{
	unsigned depth = depth_of(n);

	req->root = n->root;
	req->ident = n->item.ident;
	for (unsigned i = 0; i < depth; i++)
		PD_VEC_PUSH(&req->path, uint64_t);
	for (const struct pd_branch *p = n; p->parent != NULL; p = p->parent) {
		*PD_VEC_AT(&req->path, uint64_t, --depth) = p->item.pos;
		req->ask = req->ask || p->asked;
	}
	/* A property may give another object each time. */
	if (req->ask)
		req->ident = 0;
}

static void
compare(struct pd_tree *t, struct pd_branch *n)
{
	struct pd_buf key = { 0 };
	const struct pd_str *was;

	if (n->item.text.s == NULL)
		return;
	node_key(t, n, &key);
	was = pd_seen_find(&t->before, pd_buf_c(&key));
	if (was != NULL)
		n->changed = strcmp(was->s, n->item.text.s) != 0;
	else	/* A new variable of a function that was seen without it. */
		n->changed = n->parent->parent == NULL &&
		    n->root == PD_ROOT_LOCALS &&
		    pd_seen_find(&t->before, t->function.s) != NULL;
	pd_seen_add(&t->now, pd_buf_c(&key), &n->item.text);
	pd_buf_done(&key);
}

/* A property that was asked for at this stop keeps its value. */
static void
recall(struct pd_tree *t, struct pd_branch *n)
{
	struct pd_buf key = { 0 };

	if (n->item.kind != PD_ITEM_PROPERTY || n->item.text.s != NULL)
		return;
	node_key(t, n, &key);
	PD_VEC_EACH(&t->asked, struct asked, a) {
		if (strcmp(a->key.s, pd_buf_c(&key)) != 0)
			continue;
		pd_rec_done(&pd_item_desc, &n->item);
		pd_rec_copy(&pd_item_desc, &n->item, &a->item);
		n->asked = true;
	}
	pd_buf_done(&key);
}

static void	fetch_open(struct pd_tree *, struct pd_branch *);

/* Takes the items of an answer over. */
static void
add_kids(struct pd_tree *t, struct pd_branch *n, struct pd_children *got)
{
	PD_VEC_EACH(&got->items, struct pd_item, item) {
		struct pd_branch *kid = pd_xcalloc(1, sizeof(*kid));

		kid->parent = n;
		kid->root = n->root;
		kid->item = *item;
		memset(item, 0, sizeof(*item));
		*PD_VEC_PUSH(&n->kids, struct pd_branch *) = kid;
		kid->cycle = is_cycle(kid);
		recall(t, kid);
		compare(t, kid);
		t->nodes++;
	}
	n->total = got->total;
}

/* Asks for n's children up to the number wanted. */
static void
fetch_kids(struct pd_tree *t, struct pd_branch *n, uint64_t want)
{
	struct pd_target *target = t->session->target;
	struct pd_children_req req = { 0 };
	struct pd_err err;

	free_kids(n);
	pd_str_done(&n->error);
	req.frame = t->session->frame;
	pd_tree_path(n, &req);
	while (n->kids.n < want && t->nodes < NODES_MAX) {
		struct pd_children got = { 0 };

		req.first = n->kids.n;
		req.max = want - n->kids.n;
		if (target->ops->children(target, &req, &got, &err) < 0) {
			n->error = pd_str_from(err.msg);
			break;
		}
		add_kids(t, n, &got);
		pd_rec_done(&pd_children_desc, &got);
		if (n->kids.n >= n->total || n->kids.n == req.first)
			break;
	}
	pd_rec_done(&pd_children_req_desc, &req);
	for (size_t i = 0; i < n->kids.n; i++)
		fetch_open(t, *PD_VEC_AT(&n->kids, struct pd_branch *, i));
}

/* Opens what the user had open; the locals are so to begin with. */
static void
fetch_open(struct pd_tree *t, struct pd_branch *n)
{
	struct pd_buf key = { 0 };
	const struct mark *m;
	uint64_t want = PAGE;

	if (n->parent != NULL && (n->item.count == 0 || n->asked ||
	    depth_of(n) >= DEPTH_MAX))
		return;
	node_key(t, n, &key);
	m = find_mark(t, pd_buf_c(&key));
	pd_buf_done(&key);
	n->open = m != NULL ? m->open : n == t->roots[0];
	if (m != NULL)
		want = m->want;
	/* All names are looked through by a filter. */
	if (n->parent == NULL && t->filter.s != NULL)
		want = PD_CHILDREN_MAX;
	if (n->open)
		fetch_kids(t, n, want);
}

/* ---- a round ------------------------------------------------------------- */

static struct pd_branch *
make_root(enum pd_children_root root)
{
	struct pd_branch *n = pd_xcalloc(1, sizeof(*n));

	n->root = root;
	return n;
}

static void
clear(struct pd_tree *t)
{
	for (size_t i = 0; i < 2; i++) {
		free_node(t->roots[i]);
		t->roots[i] = NULL;
	}
	t->rows.n = 0;
	t->nodes = 0;
}

static void
forget_asked(struct pd_tree *t)
{
	PD_VEC_EACH(&t->asked, struct asked, a) {
		pd_str_done(&a->key);
		pd_rec_done(&pd_item_desc, &a->item);
	}
	t->asked.n = 0;
}

void
pd_tree_stopped(struct pd_tree *t)
{
	forget_asked(t);
	if (t->function.s == NULL)
		return;
	/* That the function was seen. */
	if (t->now.v.n > 0)
		pd_seen_add(&t->now, t->function.s, &t->function);
	pd_seen_replace(&t->before, t->function.s, &t->now);
}

void
pd_tree_fetch(struct pd_tree *t)
{
	struct pd_session *s = t->session;
	const struct pd_frame *f;

	clear(t);
	pd_seen_done(&t->now);
	pd_str_done(&t->function);
	if (!s->alive || !(s->target->caps & PD_CAP_FRAMES))
		return;
	f = pd_session_frame(s);
	if (f == NULL)
		return;
	t->function = pd_strf("%s:%llu:%s\n", pd_str_c(&f->file),
	    (unsigned long long)f->firstline, pd_str_c(&f->func));
	if (!f->is_module) {
		t->roots[0] = make_root(PD_ROOT_LOCALS);
		t->roots[1] = make_root(PD_ROOT_GLOBALS);
	} else {
		t->roots[0] = make_root(PD_ROOT_GLOBALS);
	}
	for (size_t i = 0; i < 2 && t->roots[i] != NULL; i++)
		fetch_open(t, t->roots[i]);
	pd_tree_rows(t);
}

/* ---- opening ------------------------------------------------------------- */

bool
pd_tree_opens(const struct pd_row *row)
{
	const struct pd_branch *n = row->node;

	if (row->kind != PD_ROW_NODE)
		return row->kind != PD_ROW_ERROR;
	return n->parent == NULL || n->item.count > 0 ||
	    (n->item.kind == PD_ITEM_PROPERTY && n->item.text.s == NULL);
}

/* Has the property's value; this is the one place that runs code. */
static void
ask(struct pd_tree *t, struct pd_branch *n)
{
	struct pd_target *target = t->session->target;
	struct pd_children_req req = { 0 };
	struct pd_children got = { 0 };
	struct pd_buf key = { 0 };
	struct asked *a;
	struct pd_err err;

	req.frame = t->session->frame;
	pd_tree_path(n->parent, &req);
	req.first = n->item.pos;
	req.max = 1;
	req.ask = true;
	if (target->ops->children(target, &req, &got, &err) < 0) {
		pd_str_done(&n->error);
		n->error = pd_str_from(err.msg);
	} else if (got.items.n == 1) {
		node_key(t, n, &key);
		pd_rec_done(&pd_item_desc, &n->item);
		pd_rec_copy(&pd_item_desc, &n->item, got.items.v);
		a = PD_VEC_PUSH(&t->asked, struct asked);
		a->key = pd_buf_take(&key);
		pd_rec_copy(&pd_item_desc, &a->item, &n->item);
		n->asked = true;
	}
	pd_rec_done(&pd_children_desc, &got);
	pd_rec_done(&pd_children_req_desc, &req);
}

static void
open_node(struct pd_tree *t, struct pd_branch *n, bool open,
    const struct mark *m)
{
	if (n->item.kind == PD_ITEM_PROPERTY && n->item.text.s == NULL) {
		if (open)
			ask(t, n);
		return;
	}
	n->open = open;
	if (open)
		fetch_kids(t, n, n->parent == NULL && t->filter.s != NULL ?
		    PD_CHILDREN_MAX : m->want);
	else
		free_kids(n);
}

void
pd_tree_open(struct pd_tree *t, const struct pd_row *r, bool open)
{
	struct pd_row row = *r;	/* the rows are made anew */
	struct pd_buf key = { 0 };
	struct mark *m;

	if (!pd_tree_opens(&row))
		return;
	if (row.kind == PD_ROW_MORE) {
		row.kind = PD_ROW_NODE;
		open = true;
	}
	pd_tree_key(t, &row, &key);
	m = make_mark(t, pd_buf_c(&key), open);
	if (r->kind == PD_ROW_MORE)
		m->want = row.node->kids.n + 10 * PAGE;
	else if (!open)
		m->want = PAGE;
	if (row.kind == PD_ROW_NODE)
		open_node(t, row.node, open, m);
	pd_buf_done(&key);
	pd_tree_rows(t);
}

void
pd_tree_filter(struct pd_tree *t, const char *text)
{
	pd_str_done(&t->filter);
	if (text != NULL && *text != '\0')
		t->filter = pd_str_from(text);
}

void
pd_tree_init(struct pd_tree *t, struct pd_session *s)
{
	memset(t, 0, sizeof(*t));
	t->session = s;
}

void
pd_tree_done(struct pd_tree *t)
{
	clear(t);
	forget_asked(t);
	PD_VEC_EACH(&t->marks, struct mark, m)
		pd_str_done(&m->key);
	pd_vec_done(&t->marks);
	pd_vec_done(&t->asked);
	pd_vec_done(&t->rows);
	pd_seen_done(&t->before);
	pd_seen_done(&t->now);
	pd_str_done(&t->function);
	pd_str_done(&t->filter);
}
