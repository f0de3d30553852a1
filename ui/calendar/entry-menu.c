#include "config.h"

#include "ui/calendar/entry-menu.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"

const char *
xq_calendar_entry_what (XqSession *session, const XqCalendarEntry *entry)
{
  if (!xq_session_masked (session) && entry->title != NULL && *entry->title != '\0')
    return entry->title;
  return entry->label != NULL ? entry->label : "";
}

char *
xq_calendar_entry_title (XqSession *session, const XqCalendarEntry *entry)
{
  const char *what = xq_calendar_entry_what (session, entry);
  g_autofree char *name = NULL;

  if (entry->name == NULL)
    return g_strdup (what);
  name = xq_session_name (session, entry->name);
  return g_strdup_printf ("%s · %s", name, what);
}

const char *
xq_calendar_entry_place (XqSession *session, const XqCalendarEntry *entry)
{
  return xq_session_masked (session) || entry->place == NULL ? "" : entry->place;
}

char *
xq_calendar_entry_times (const XqCalendarEntry *entry)
{
  g_autoptr (GDateTime) from = xq_clock_local (entry->starts_at);
  g_autoptr (GDateTime) to = xq_clock_local (entry->ends_at);
  g_autofree char *begins = g_date_time_format (from, "%H:%M");
  g_autofree char *ends = g_date_time_format (to, "%H:%M");

  if (entry->all_day)
    return g_strdup (_ ("all day"));
  return g_strdup_printf ("%s–%s", begins, ends);
}

static gboolean
is_appointment (const XqCalendarEntry *entry)
{
  return g_str_equal (entry->source, "appointment");
}

static void
add_item (GMenu *menu, const char *label, const char *action, gint64 id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "x", id);
  g_menu_append_item (menu, item);
}

GMenuModel *
xq_calendar_entry_menu (const XqCalendarEntry *entry)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  if (is_appointment (entry))
    {
      gboolean planned = g_strcmp0 (entry->state, "planned") == 0;

      if (planned)
        {
          add_item (menu, _ ("Took place"), "calendar.done", entry->id);
          add_item (menu, _ ("Did not come"), "calendar.no-show", entry->id);
          add_item (menu, _ ("Cancel it"), "calendar.cancel", entry->id);
          add_item (menu, _ ("Change…"), "calendar.edit", entry->id);
        }
      else
        add_item (menu, _ ("Back to planned"), "calendar.planned", entry->id);
    }
  else if (g_str_equal (entry->source, "follow_up"))
    {
      add_item (menu, _ ("Follow-up done…"), "calendar.follow-up-done", entry->id);
      add_item (menu, _ ("Postpone…"), "calendar.follow-up-postpone", entry->id);
    }
  if (entry->person_id != 0)
    add_item (menu, _ ("Open the file"), "calendar.person", entry->person_id);
  return G_MENU_MODEL (g_steal_pointer (&menu));
}
