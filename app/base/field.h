/* One description of an entity.
 *
 * An entity (a person, a referral …) is a plain struct whose first member is its `gint64 id`, and ONE table
 * of fields beside it. From that table come the SQL bind and load, the form, the import mapping, the
 * export columns, the audit's difference and the redaction. There is never a second list of the columns. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * XqFieldType:
 * @XQ_FIELD_TEXT: `char *`, %NULL for none; TEXT
 * @XQ_FIELD_DATE: `char *` ISO date `2026-11-23`, %NULL for none; TEXT
 * @XQ_FIELD_TIME: `gint64` unix seconds, 0 for none; INTEGER, NULL for none
 * @XQ_FIELD_INTEGER: `gint64`; INTEGER
 * @XQ_FIELD_LEVEL: `gint64` 1–3, 0 for none; INTEGER, NULL for none
 * @XQ_FIELD_REFERENCE: `gint64` id of another record, 0 for none; INTEGER, NULL for none
 * @XQ_FIELD_REAL: `double`; REAL
 * @XQ_FIELD_BOOLEAN: `gboolean`; INTEGER 0 or 1
 * @XQ_FIELD_CHOICE: `int`, an index into @values; TEXT, the value's id
 */
typedef enum
{
  XQ_FIELD_TEXT,
  XQ_FIELD_DATE,
  XQ_FIELD_TIME,
  XQ_FIELD_INTEGER,
  XQ_FIELD_LEVEL,
  XQ_FIELD_REFERENCE,
  XQ_FIELD_REAL,
  XQ_FIELD_BOOLEAN,
  XQ_FIELD_CHOICE,
} XqFieldType;

/**
 * XqPrivacy:
 * @XQ_PRIVACY_PLAIN: says nothing about a person
 * @XQ_PRIVACY_SENSITIVE: says something that is nobody else's business
 * @XQ_PRIVACY_IDENTIFYING: says who it is
 */
typedef enum
{
  XQ_PRIVACY_PLAIN,
  XQ_PRIVACY_SENSITIVE,
  XQ_PRIVACY_IDENTIFYING,
} XqPrivacy;

typedef enum
{
  XQ_FIELD_NONE = 0,
  XQ_FIELD_REQUIRED = 1 << 0,  /* must not be empty */
  XQ_FIELD_INTERNAL = 1 << 1,  /* kept by the program: in no form and no import mapping */
  XQ_FIELD_MULTILINE = 1 << 2, /* wants a text area */
} XqFieldFlags;

/* One value of a choice: its stable id (SQL and JSON) and its msgid. */
typedef struct
{
  const char *id;
  const char *label;
} XqChoice;

/**
 * XqField:
 * @name: the column's and the JSON member's name
 * @label: msgid of what people call it
 * @type: how it is kept
 * @offset: where it lies in the struct
 * @flags: see #XqFieldFlags
 * @privacy: how private it is
 * @values: (nullable): for a choice, its values, ended by an all-%NULL one
 */
typedef struct
{
  const char *name;
  const char *label;
  XqFieldType type;
  gsize offset;
  XqFieldFlags flags;
  XqPrivacy privacy;
  const XqChoice *values;
} XqField;

/**
 * XqEntity:
 * @name: the table's name
 * @label: msgid of what people call one of them
 * @size: of the struct
 * @fields: ended by one without a name; `id` is not among them
 */
typedef struct
{
  const char *name;
  const char *label;
  gsize size;
  const XqField *fields;
} XqEntity;

#define XQ_RECORD_ID(record) (*(gint64 *) (record))

/* Records on the heap come from these two alone; they know their entity. */
gpointer xq_record_new (const XqEntity *entity);
gpointer xq_record_copy (const XqEntity *entity, gconstpointer record);
/* @record (nullable) must be one of @entity. */
void xq_record_free (const XqEntity *entity, gpointer record);
/* The same for a record of any entity: a GDestroyNotify. */
void xq_record_destroy (gpointer record);

const XqField *xq_entity_field (const XqEntity *entity, const char *name);

/* The value as people read it, translated; "" for none. (transfer full) */
char *xq_field_display (const XqField *field, gconstpointer record);
/* The value as the JSON interface writes it. (transfer full) */
JsonNode *xq_field_to_json (const XqField *field, gconstpointer record);
/* Sets a value from text: stable ids and labels of choices, ISO and usual spellings of dates. Empty text is
 * none, for a choice its first value. XQ_BASE_ERROR, XQ_ERROR_REFUSED names the field and what would fit. */
gboolean xq_field_set_text (const XqField *field, gpointer record, const char *text, GError **error);
gboolean xq_field_equal (const XqField *field, gconstpointer a, gconstpointer b);
gboolean xq_field_is_empty (const XqField *field, gconstpointer record);

/* The index of @id in @values, -1 when it is not one. */
int xq_choice_index (const XqChoice *values, const char *id);

/* Members for all fields, and "id"; INTERNAL ones too. */
JsonObject *xq_record_to_json (const XqEntity *entity, gconstpointer record);
/* {"field": [before, after], …} for what differs; @before may be NULL. The audit keeps it. */
JsonObject *xq_record_difference (const XqEntity *entity, gconstpointer before, gconstpointer after);
/* The first REQUIRED field that is empty sets an error that names it by its label. */
gboolean xq_record_validate (const XqEntity *entity, gconstpointer record, GError **error);

/* Declares xq_NAME_new, _copy and _free, and autoptr, of a record struct with its table. */
#define XQ_DECLARE_RECORD(Type, name, TABLE)                                                       \
  extern const XqEntity TABLE;                                                                     \
  G_GNUC_UNUSED static inline Type *xq_##name##_new (void)                                         \
  {                                                                                                \
    return xq_record_new (&TABLE);                                                                 \
  }                                                                                                \
  G_GNUC_UNUSED static inline Type *xq_##name##_copy (const Type *record)                          \
  {                                                                                                \
    return xq_record_copy (&TABLE, record);                                                        \
  }                                                                                                \
  G_GNUC_UNUSED static inline void xq_##name##_free (Type *record)                                 \
  {                                                                                                \
    xq_record_free (&TABLE, record);                                                               \
  }                                                                                                \
  G_DEFINE_AUTOPTR_CLEANUP_FUNC (Type, xq_##name##_free)

#define XQ_FIELDS_END { NULL, NULL, XQ_FIELD_TEXT, 0, XQ_FIELD_NONE, XQ_PRIVACY_PLAIN, NULL }

G_END_DECLS
