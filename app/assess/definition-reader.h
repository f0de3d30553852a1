/* Reading a definition's JSON so that everything that is wrong with it is said, each with its line. */
#pragma once

#include "assess/instrument.h"
#include "base/json-lines.h"

G_BEGIN_DECLS

typedef struct
{
  XqJsonLines *lines;
  GPtrArray *problems; /* of XqProblem */
} XqReader;

typedef enum
{
  XQ_MEMBER_TEXT,
  XQ_MEMBER_WHOLE,
  XQ_MEMBER_NUMBER,
  XQ_MEMBER_BOOLEAN,
  XQ_MEMBER_OBJECT,
  XQ_MEMBER_LIST,
  XQ_MEMBER_WORDS, /* an object of words by language, or one text for all of them */
} XqMemberKind;

/* What an object may hold; tables end with one without a name. */
typedef struct
{
  const char *name;
  XqMemberKind kind;
  gboolean required;
} XqMember;

/* @member (nullable) is the one that is wrong. */
void xq_reader_problem (XqReader *reader, JsonObject *where, const char *member, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
/* Unknown members, missing ones, and those of another kind. */
void xq_reader_check_members (XqReader *reader, JsonObject *object, const XqMember *members);

/* These give nothing for a member that is missing or of another kind: the check above has said so. */
const char *xq_reader_text (JsonObject *object, const char *member);
gboolean xq_reader_number (JsonObject *object, const char *member, double *ret_value);
gboolean xq_reader_whole (JsonObject *object, const char *member, gint64 *ret_value);
gboolean xq_reader_boolean (JsonObject *object, const char *member, gboolean fallback);
JsonObject *xq_reader_object (JsonObject *object, const char *member);
JsonArray *xq_reader_list (JsonObject *object, const char *member);

/* What says what a thing is; it must have words in one language at least. A text, where one may stand, is for every language. */
void xq_reader_words (XqReader *reader, JsonObject *object, const char *member, XqWords *ret_words);
/* As many as the list has elements, each words by language or a text for every language; NULL when it has none. (transfer full) */
XqWords *xq_reader_words_list (XqReader *reader, JsonObject *object, const char *member, guint *ret_length);
/* The objects of a list, each element that is none is a problem (element-type JsonObject) (transfer container). */
GPtrArray *xq_reader_objects (XqReader *reader, JsonObject *object, const char *member);
/* The texts of a list; never NULL. (transfer full) */
char **xq_reader_texts (XqReader *reader, JsonObject *object, const char *member);
/* Item numbers 1…@n_items of [3, 5, "10-17"], each once (element-type int) (transfer full). */
GArray *xq_reader_items (XqReader *reader, JsonObject *object, const char *member, guint n_items);
/* A stable id, not used before in @seen, which borrows it; NULL when it is no id. */
const char *xq_reader_id (XqReader *reader, JsonObject *object, const char *member, GHashTable *seen);
/* The index of a text member in @choices, which ends with NULL; -1 with a problem that lists them. */
int xq_reader_choice (XqReader *reader, JsonObject *object, const char *member, const char *const *choices);

G_END_DECLS
