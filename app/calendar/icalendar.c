#include "config.h"

#include "calendar/icalendar.h"

#include <glib/gi18n-lib.h>
#include <libical/ical.h>

#include "base/clock.h"
#include "base/error.h"
#include "people/disclosure.h"

/* What tells this vault's entries from another's: made of the first organisation's name and birth, hashed so
 * that the file names nobody. */
static char *
vault_mark (XqDatabase *database, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *what
      = xq_database_get_text (database, &reason,
                              "SELECT name || '/' || created_at FROM organisation ORDER BY id LIMIT 1", XQ_END);
  g_autofree char *hash = NULL;

  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, what != NULL ? what : "", -1);
  hash[12] = '\0';
  return g_steal_pointer (&hash);
}

static struct icaltimetype
utc (gint64 at)
{
  return icaltime_from_timet_with_zone (at, 0, icaltimezone_get_utc_timezone ());
}

static struct icaltimetype
day (gint64 at)
{
  g_autoptr (GDateTime) local = xq_clock_local (at);
  struct icaltimetype date = icaltime_null_date ();

  date.year = g_date_time_get_year (local);
  date.month = g_date_time_get_month (local);
  date.day = g_date_time_get_day_of_month (local);
  return date;
}

static icalproperty_status
status_of (const XqCalendarEntry *entry)
{
  if (g_strcmp0 (entry->state, "cancelled") == 0 || g_strcmp0 (entry->state, "skipped") == 0)
    return ICAL_STATUS_CANCELLED;
  return ICAL_STATUS_CONFIRMED;
}

static char *
summary_of (const XqCalendarEntry *entry, XqIcalendarNames names)
{
  const char *label = entry->label != NULL ? entry->label : _ ("Appointment");
  g_autofree char *initials = NULL;

  if (names == XQ_ICALENDAR_NO_NAMES || entry->initials == NULL || *entry->initials == '\0')
    return g_strdup (label);
  initials = g_utf8_strup (entry->initials, -1);
  return g_strdup_printf ("%s · %s", label, initials);
}

static icalcomponent *
event_of (const XqCalendarEntry *entry, XqIcalendarNames names, const char *mark)
{
  icalcomponent *event = icalcomponent_new (ICAL_VEVENT_COMPONENT);
  g_autofree char *uid = g_strdup_printf ("%s-%" G_GINT64_FORMAT "-%s@xinqiao", entry->source, entry->id, mark);
  g_autofree char *summary = summary_of (entry, names);

  icalcomponent_add_property (event, icalproperty_new_uid (uid));
  icalcomponent_add_property (event, icalproperty_new_dtstamp (utc (xq_clock_now ())));
  if (entry->all_day)
    {
      icalcomponent_add_property (event, icalproperty_new_dtstart (day (entry->starts_at)));
      icalcomponent_add_property (event, icalproperty_new_dtend (day (entry->ends_at)));
      /* A day with a follow-up is still free for an appointment. */
      icalcomponent_add_property (event, icalproperty_new_transp (ICAL_TRANSP_TRANSPARENT));
    }
  else
    {
      icalcomponent_add_property (event, icalproperty_new_dtstart (utc (entry->starts_at)));
      icalcomponent_add_property (event, icalproperty_new_dtend (utc (entry->ends_at)));
    }
  icalcomponent_add_property (event, icalproperty_new_summary (summary));
  icalcomponent_add_property (event, icalproperty_new_status (status_of (entry)));
  icalcomponent_add_property (event, icalproperty_new_class (ICAL_CLASS_PRIVATE));
  return event;
}

char *
xq_icalendar_format (XqDatabase *database, GPtrArray *entries, XqIcalendarNames names, GError **error)
{
  g_autofree char *mark = vault_mark (database, error);
  icalcomponent *calendar;
  char *made;
  char *text;

  if (mark == NULL)
    return NULL;
  calendar = icalcomponent_new_vcalendar ();
  icalcomponent_add_property (calendar, icalproperty_new_version ("2.0"));
  icalcomponent_add_property (calendar, icalproperty_new_prodid ("-//Xinqiao//" XQ_VERSION "//EN"));
  for (guint i = 0; i < entries->len; i++)
    icalcomponent_add_component (calendar, event_of (g_ptr_array_index (entries, i), names, mark));
  made = icalcomponent_as_ical_string_r (calendar);
  text = g_strdup (made);
  icalmemory_free_buffer (made);
  icalcomponent_free (calendar);
  return text;
}

/* What leaves is in the disclosure ledger. */
static gboolean
enter (XqDatabase *database, GPtrArray *entries, XqIcalendarNames names, const char *path, GError **error)
{
  g_autoptr (XqDisclosure) disclosure = xq_disclosure_new ();

  disclosure->kind = XQ_DISCLOSURE_EXPORT;
  disclosure->subject = XQ_DISCLOSED_CALENDAR;
  disclosure->what = g_strdup_printf (ngettext ("Calendar with %u entry", "Calendar with %u entries", entries->len),
                                      entries->len);
  disclosure->fields = g_strdup (names == XQ_ICALENDAR_INITIALS ? _("Times, kinds and initials") : _("Times and kinds"));
  disclosure->file = path != NULL ? g_path_get_basename (path) : NULL;
  return xq_disclosure_enter (database, disclosure, NULL, 0, error);
}

char *
xq_icalendar_hand_out (XqDatabase *database, GPtrArray *entries, XqIcalendarNames names, GError **error)
{
  g_autofree char *text = xq_icalendar_format (database, entries, names, error);

  return text != NULL && enter (database, entries, names, NULL, error) ? g_steal_pointer (&text) : NULL;
}

gboolean
xq_icalendar_export (XqDatabase *database, GPtrArray *entries, XqIcalendarNames names, const char *path,
                     GError **error)
{
  g_autofree char *text = xq_icalendar_format (database, entries, names, error);
  g_autoptr (XqTransaction) transaction = text != NULL ? xq_transaction_begin (database, error) : NULL;
  g_autoptr (GError) reason = NULL;

  if (transaction == NULL || !enter (database, entries, names, path, error))
    return FALSE;
  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &reason))
    {
      g_set_error (error, XQ_CALENDAR_ERROR, XQ_ERROR_IO,
                   _ ("The calendar could not be written to “%s”: %s"), path, reason->message);
      return FALSE;
    }
  return xq_transaction_commit (g_steal_pointer (&transaction), error);
}
