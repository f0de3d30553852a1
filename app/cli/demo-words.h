/* What the demo says: names and sentences from data/demo, drawn by chance. All of it is invented. */
#pragma once

#include <json-glib/json-glib.h>

#include "cli/demo-random.h"
#include "people/person.h"

G_BEGIN_DECLS

typedef struct _XqDemoWords XqDemoWords;

XqDemoWords *xq_demo_words_load (GError **error);
void xq_demo_words_free (XqDemoWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqDemoWords, xq_demo_words_free)

/* The name of a child or a grown-up; @surname NULL for any. (transfer full) */
char *xq_demo_words_name (const XqDemoWords *words, XqDemoRandom *random, XqSex sex, gboolean adult, const char *surname);
/* The surname of a name that was drawn here. (transfer full) */
char *xq_demo_words_surname (const XqDemoWords *words, const char *name);
/* One text of the list @key: plain texts, or objects with "text" and "weight". Lives as long as @words. */
const char *xq_demo_words_pick (const XqDemoWords *words, XqDemoRandom *random, const char *key);
/* The text @member of the object @key. */
const char *xq_demo_words_get (const XqDemoWords *words, const char *key, const char *member);
JsonArray *xq_demo_words_list (const XqDemoWords *words, const char *key);
/* The text of an object of such a list; NULL for null. */
const char *xq_demo_words_member (JsonObject *object, const char *member);

G_END_DECLS
