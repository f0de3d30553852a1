/* Items: what may be answered, which way round it counts, and what is asked. */
#include "config.h"

#include "assess/instrument-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
option_list_free (XqOptionList *list)
{
  for (guint i = 0; i < list->n_options; i++)
    {
      xq_words_clear (&list->options[i].label);
      g_strfreev (list->options[i].also);
    }
  g_free (list->options);
  g_free (list);
}

static void
read_option (XqReader *reader, JsonObject *object, XqAnswerOption *option)
{
  static const XqMember members[] = {
    { "value", XQ_MEMBER_WHOLE, TRUE },
    { "label", XQ_MEMBER_OBJECT, TRUE },
    { "also", XQ_MEMBER_LIST, FALSE },
    { NULL },
  };
  gint64 value = 0;

  xq_reader_check_members (reader, object, members);
  xq_reader_whole (object, "value", &value);
  option->value = (int) value;
  xq_reader_words (reader, object, "label", &option->label);
  if (xq_reader_list (object, "also") != NULL)
    option->also = xq_reader_texts (reader, object, "also");
}

/* Options of @object; kept by the instrument. Never NULL: a list that is wrong has said so. */
static const XqOptionList *
read_options (XqReader *reader, JsonObject *object, XqInstrument *instrument)
{
  g_autoptr (GPtrArray) objects = xq_reader_objects (reader, object, "options");
  XqOptionList *list = g_new0 (XqOptionList, 1);

  if (objects->len < 2 && xq_reader_list (object, "options") != NULL)
    xq_reader_problem (reader, object, "options", _ ("“options” needs at least two."));
  list->options = g_new0 (XqAnswerOption, objects->len);
  for (guint i = 0; i < objects->len; i++)
    {
      XqAnswerOption *option = &list->options[i];

      read_option (reader, objects->pdata[i], option);
      for (guint k = 0; k < i; k++)
        if (list->options[k].value == option->value)
          xq_reader_problem (reader, objects->pdata[i], "value", _ ("Two options have the value %d."),
                             option->value);
      list->lowest = i == 0 ? option->value : MIN (list->lowest, option->value);
      list->highest = i == 0 ? option->value : MAX (list->highest, option->value);
    }
  list->n_options = objects->len;
  g_ptr_array_add (instrument->own->option_lists, list);
  return list;
}

static void
read_item_options (XqReader *reader, JsonObject *root, XqInstrument *instrument)
{
  static const XqMember members[] = {
    { "items", XQ_MEMBER_LIST, TRUE },
    { "options", XQ_MEMBER_LIST, TRUE },
    { NULL },
  };
  g_autoptr (GPtrArray) objects = xq_reader_objects (reader, root, "item_options");

  for (guint i = 0; i < objects->len; i++)
    {
      g_autoptr (GArray) items = xq_reader_items (reader, objects->pdata[i], "items", instrument->n_items);
      const XqOptionList *list;

      xq_reader_check_members (reader, objects->pdata[i], members);
      list = read_options (reader, objects->pdata[i], instrument);
      for (guint k = 0; k < items->len; k++)
        instrument->items[g_array_index (items, int, k) - 1].options = list;
    }
}

static void
read_extra_items (XqReader *reader, JsonObject *root, XqInstrument *instrument)
{
  static const XqMember members[] = {
    { "item", XQ_MEMBER_WHOLE, TRUE },
    { "label", XQ_MEMBER_OBJECT, TRUE },
    { "options", XQ_MEMBER_LIST, TRUE },
    { NULL },
  };
  g_autoptr (GPtrArray) objects = xq_reader_objects (reader, root, "extra_items");

  for (guint i = 0; i < objects->len; i++)
    {
      XqItem *item = &instrument->items[instrument->n_items + i];
      gint64 number = item->number;

      xq_reader_check_members (reader, objects->pdata[i], members);
      if (xq_reader_whole (objects->pdata[i], "item", &number) && number != item->number)
        xq_reader_problem (reader, objects->pdata[i], "item",
                           _ ("Extra items go on counting: this one must be item %d."), item->number);
      item->options = read_options (reader, objects->pdata[i], instrument);
      xq_reader_words (reader, objects->pdata[i], "label", &item->text);
    }
}

/* One text an item, or a problem. */
static char **
read_item_list (XqReader *reader, JsonObject *object, const char *member, guint n_items)
{
  g_auto (GStrv) texts = NULL;

  if (xq_reader_list (object, member) == NULL)
    return NULL;
  texts = xq_reader_texts (reader, object, member);
  if (g_strv_length (texts) == n_items)
    return g_steal_pointer (&texts);
  xq_reader_problem (reader, object, member, _ ("“%s” has %u texts, but there are %u items."), member,
                     g_strv_length (texts), n_items);
  return NULL;
}

static void
read_item_text (XqReader *reader, JsonObject *root, XqInstrument *instrument)
{
  static const XqMember members[] = {
    { "en", XQ_MEMBER_LIST, FALSE },
    { "zh_CN", XQ_MEMBER_LIST, FALSE },
    { "zh_TW", XQ_MEMBER_LIST, FALSE },
    { NULL },
  };
  JsonObject *text = xq_reader_object (root, "item_text");
  g_auto (GStrv) en = NULL, zh_CN = NULL, zh_TW = NULL;

  if (text == NULL)
    return;
  xq_reader_check_members (reader, text, members);
  if (!instrument->licence.may_ship)
    xq_reader_problem (reader, root, "item_text",
                       _ ("The licence does not let the wording of the items be part of a definition "
                          "(“may_ship” is not true): leave “item_text” out."));
  en = read_item_list (reader, text, "en", instrument->n_items);
  zh_CN = read_item_list (reader, text, "zh_CN", instrument->n_items);
  zh_TW = read_item_list (reader, text, "zh_TW", instrument->n_items);
  for (guint i = 0; i < instrument->n_items; i++)
    {
      XqWords *words = &instrument->items[i].text;

      words->en = en != NULL ? g_strdup (en[i]) : NULL;
      words->zh_CN = zh_CN != NULL ? g_strdup (zh_CN[i]) : NULL;
      words->zh_TW = zh_TW != NULL ? g_strdup (zh_TW[i]) : NULL;
    }
}

static void
read_reverse (XqReader *reader, JsonObject *root, XqInstrument *instrument)
{
  g_autoptr (GArray) items = xq_reader_items (reader, root, "reverse", instrument->n_items);

  for (guint i = 0; i < items->len; i++)
    instrument->items[g_array_index (items, int, i) - 1].reversed = TRUE;
}

void
xq_instrument_read_items (XqReader *reader, JsonObject *root, XqInstrument *instrument)
{
  JsonArray *extra = xq_reader_list (root, "extra_items");
  const XqOptionList *list;
  gint64 n_items = 0;

  instrument->own->option_lists = g_ptr_array_new_with_free_func ((GDestroyNotify) option_list_free);
  if (xq_reader_whole (root, "items", &n_items) && (n_items < 1 || n_items > XQ_ITEMS_MAXIMUM))
    xq_reader_problem (reader, root, "items", _ ("“items” must be from 1 to %d."), XQ_ITEMS_MAXIMUM);
  instrument->n_items = (guint) CLAMP (n_items, 0, XQ_ITEMS_MAXIMUM);
  instrument->n_all_items = instrument->n_items + (extra != NULL ? json_array_get_length (extra) : 0);
  instrument->items = g_new0 (XqItem, instrument->n_all_items);
  list = read_options (reader, root, instrument);
  for (guint i = 0; i < instrument->n_all_items; i++)
    {
      instrument->items[i].number = (int) i + 1;
      instrument->items[i].extra = i >= instrument->n_items;
      instrument->items[i].options = list;
    }
  read_item_options (reader, root, instrument);
  read_extra_items (reader, root, instrument);
  read_reverse (reader, root, instrument);
  read_item_text (reader, root, instrument);
  instrument->own->recognise = read_item_list (reader, root, "recognise", instrument->n_items);
}
