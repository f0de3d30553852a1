#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "care/follow-up.h"
#include "report/desk.h"

static XqCalendarEntry *
follow_up_entry (const XqFollowUpRow *row, const char *today)
{
  const XqFollowUp *follow_up = row->follow_up;
  XqCalendarEntry *entry = xq_calendar_entry_new ("follow_up", follow_up->id);

  xq_calendar_entry_set_day (entry, follow_up->due_on);
  entry->person_id = follow_up->person_id;
  g_set_str (&entry->code, row->code);
  g_set_str (&entry->name, row->name);
  g_set_str (&entry->initials, row->initials);
  g_set_str (&entry->kind, xq_follow_up_causes[follow_up->cause].id);
  g_set_str (&entry->label, _ ("Follow-up"));
  g_set_str (&entry->state, xq_follow_up_is_late (follow_up, today) ? "late" : "due");
  return entry;
}

GPtrArray *
xq_desk_calendar (XqDesk *desk, const char *from, const char *to, GError **error)
{
  const XqFollowUpFilter filter = { .only_open = TRUE, .from = from, .to = to };
  g_autoptr (GPtrArray) entries = xq_calendar_entries (xq_desk_database (desk), from, to, error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *today = xq_clock_today ();

  if (entries == NULL)
    return NULL;
  rows = xq_follow_up_list (xq_desk_database (desk), &filter, error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (entries, follow_up_entry (g_ptr_array_index (rows, i), today));
  xq_calendar_sort (entries);
  return g_steal_pointer (&entries);
}
