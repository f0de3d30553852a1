#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "calendar/appointment.h"
#include "calendar/icalendar.h"
#include "care/follow-up.h"
#include "cli/commands.h"
#include "cli/desk.h"

#define DAYS_SHOWN 27

/* Appointments and follow-ups stand in one list, in the words of their rooms. */
static const XqChoice kinds[] = {
  { "interview", N_("Interview") },
  { "counselling", N_("Counselling") },
  { "family_meeting", N_("Family meeting") },
  { "assessment", N_("Assessment session") },
  { "case_review", N_("Case review") },
  { "training", N_("Training") },
  { "other", N_("Other appointment") },
  { "level", N_("By level") },
  { "referral", N_("Referral") },
  { "return", N_("After a return") },
  { "manual", N_("By hand") },
  { NULL, NULL },
};

static const XqChoice states[] = {
  { "planned", N_("Planned") }, { "done", N_("Took place") }, { "no_show", N_("Did not come") },
  { "cancelled", N_("Cancelled") }, { "due", N_("Due") }, { "late", N_("Late") }, { NULL, NULL },
};

static const XqColumn columns[] = {
  { "start", N_("Begins"), NULL },
  { "end", N_("Ends"), NULL },
  { "kind", N_("Kind"), kinds },
  { "person.name", N_("Name"), NULL },
  { "place", N_("Place"), NULL },
  { "state", N_("State"), states },
  { 0 },
};

typedef struct
{
  char *from;
  char *to;
} Span;

static void
span_clear (Span *span)
{
  g_free (span->from);
  g_free (span->to);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Span, span_clear)

/* Four weeks from this Monday where nothing else was said. */
static gboolean
complete_span (Span *span, GError **error)
{
  g_autofree char *today = xq_clock_today ();

  if (!xq_cli_date (&span->from, "--from", error) || !xq_cli_date (&span->to, "--to", error))
    return FALSE;
  if (span->from == NULL)
    span->from = xq_date_monday (today);
  if (span->to == NULL)
    span->to = xq_date_add_days (span->from, DAYS_SHOWN);
  if (xq_date_compare (span->from, span->to) <= 0)
    return TRUE;
  g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("--from %s is after --to %s."), span->from, span->to);
  return FALSE;
}

static gboolean
add_follow_ups (XqDesk *desk, const Span *span, GPtrArray *entries, GError **error)
{
  const XqFollowUpFilter filter = { .only_open = TRUE, .from = span->from, .to = span->to };
  g_autoptr (GPtrArray) rows = xq_follow_up_list (xq_desk_database (desk), &filter, error);
  g_autofree char *today = xq_clock_today ();

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const XqFollowUpRow *row = g_ptr_array_index (rows, i);
      XqCalendarEntry *entry = xq_calendar_entry_new ("follow_up", row->follow_up->id);

      xq_calendar_entry_set_day (entry, row->follow_up->due_on);
      entry->person_id = row->follow_up->person_id;
      g_set_str (&entry->code, row->code);
      g_set_str (&entry->name, row->name);
      g_set_str (&entry->initials, row->initials);
      g_set_str (&entry->kind, xq_follow_up_causes[row->follow_up->cause].id);
      g_set_str (&entry->label, _(xq_follow_up_causes[row->follow_up->cause].label));
      g_set_str (&entry->state, xq_follow_up_is_late (row->follow_up, today) ? "late" : "due");
      g_ptr_array_add (entries, entry);
    }
  return TRUE;
}

static GPtrArray *
load_entries (XqDesk *desk, const Span *span, GError **error)
{
  g_autoptr (GPtrArray) entries = xq_calendar_entries (xq_desk_database (desk), span->from, span->to, error);

  if (entries == NULL || !add_follow_ups (desk, span, entries, error))
    return NULL;
  xq_calendar_sort (entries);
  return g_steal_pointer (&entries);
}

static gboolean
run_list (XqCli *cli, char **words, GError **error)
{
  g_auto (Span) span = { 0 };
  const GOptionEntry entries[] = {
    { "from", 0, 0, XQ_OPTION_TEXT, &span.from, N_("First day; this Monday"), "DATE" },
    { "to", 0, 0, XQ_OPTION_TEXT, &span.to, N_("Last day; four weeks on"), "DATE" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 0, 0, error);
  g_autoptr (XqDesk) desk = rest != NULL && complete_span (&span, error) ? xq_cli_desk (cli, error) : NULL;
  g_autoptr (GPtrArray) found = desk != NULL ? load_entries (desk, &span, error) : NULL;

  return found != NULL && xq_output_list_node (&cli->output, xq_calendar_json (found), columns);
}

/* -- iCalendar */

static gboolean
print_ics (XqCli *cli, GPtrArray *entries, const char *text)
{
  JsonObject *answer = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_int_member (answer, "entries", entries->len);
  json_object_set_string_member (answer, "ics", text);
  json_node_take_object (node, answer);
  xq_output_node (&cli->output, node, text);
  return TRUE;
}

static gboolean
print_file (XqCli *cli, GPtrArray *entries, const char *file)
{
  static const XqColumn shown[] = { { "file", N_("Written"), NULL }, { "entries", N_("Entries"), NULL }, { 0 } };
  JsonObject *answer = json_object_new ();

  json_object_set_string_member (answer, "file", file);
  json_object_set_int_member (answer, "entries", entries->len);
  xq_output_object (&cli->output, answer, shown);
  return TRUE;
}

static gboolean
export_ics (XqCli *cli, XqDesk *desk, GPtrArray *entries, XqIcalendarNames names, const char *file, GError **error)
{
  g_autofree char *text = NULL;

  if (file != NULL)
    return xq_icalendar_export (xq_desk_database (desk), entries, names, file, error)
           && print_file (cli, entries, file);
  text = xq_icalendar_hand_out (xq_desk_database (desk), entries, names, error);
  return text != NULL && print_ics (cli, entries, text);
}

static gboolean
run_ics (XqCli *cli, char **words, GError **error)
{
  g_auto (Span) span = { 0 };
  g_autofree char *out = NULL;
  gboolean initials = FALSE;
  const GOptionEntry options[] = {
    { "from", 0, 0, XQ_OPTION_TEXT, &span.from, N_("First day; this Monday"), "DATE" },
    { "to", 0, 0, XQ_OPTION_TEXT, &span.to, N_("Last day; four weeks on"), "DATE" },
    { "out", 0, 0, XQ_OPTION_TEXT, &out, N_("The file to write; otherwise standard output"), "FILE" },
    { "initials", 0, 0, G_OPTION_ARG_NONE, &initials, N_("Say the initials of the persons"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, options, words, 0, 1, error);
  g_autoptr (XqDesk) desk = rest != NULL && complete_span (&span, error) ? xq_cli_desk (cli, error) : NULL;
  g_autoptr (GPtrArray) entries = desk != NULL ? load_entries (desk, &span, error) : NULL;

  return entries != NULL
         && export_ics (cli, desk, entries, initials ? XQ_ICALENDAR_INITIALS : XQ_ICALENDAR_NO_NAMES,
                        rest[0] != NULL ? rest[0] : out, error);
}

/* -- a new appointment */

static void
add_clashes (JsonObject *answer, GPtrArray *clashes)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < clashes->len; i++)
    json_array_add_object_element (array, xq_record_to_json (&XQ_APPOINTMENT, g_ptr_array_index (clashes, i)));
  json_object_set_array_member (answer, "clashes", array);
}

static gboolean
create_appointment (XqCli *cli, XqDesk *desk, XqAppointment *appointment, GError **error)
{
  static const XqColumn shown[] = {
    { "id", N_("No."), NULL }, { "kind", N_("Kind"), xq_appointment_kinds }, { "clashes", N_("Clashes"), NULL }, { 0 },
  };
  g_autoptr (GPtrArray) clashes = NULL;
  JsonObject *answer;

  if (!xq_appointment_create (xq_desk_database (desk), appointment, &clashes, error))
    return FALSE;
  answer = xq_record_to_json (&XQ_APPOINTMENT, appointment);
  add_clashes (answer, clashes);
  xq_output_object (&cli->output, answer, shown);
  return TRUE;
}

static gboolean
run_new (XqCli *cli, char **words, GError **error)
{
  g_autofree char *person = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *at = NULL;
  g_autoptr (XqAppointment) appointment = xq_appointment_new ();
  int minutes = 50;
  const GOptionEntry entries[] = {
    { "person", 0, 0, XQ_OPTION_TEXT, &person, N_("With whom"), "PERSON" },
    { "kind", 0, 0, XQ_OPTION_TEXT, &kind, N_("counselling (the default), interview, family_meeting …"), "KIND" },
    { "at", 0, 0, XQ_OPTION_TEXT, &at, N_("When, 2026-11-23T14:30"), "TIME" },
    { "minutes", 0, 0, G_OPTION_ARG_INT, &minutes, N_("How long; 50"), "N" },
    { "place", 0, 0, XQ_OPTION_TEXT, &appointment->place, N_("Where"), "TEXT" },
    { "title", 0, 0, XQ_OPTION_TEXT, &appointment->title, N_("What it is about"), "TEXT" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = xq_cli_parse (cli, entries, words, 0, 0, error);
  g_autoptr (XqDesk) desk = NULL;

  if (rest == NULL || !xq_cli_time (at, "--at", &appointment->starts_at, error)
      || !xq_cli_choice (xq_appointment_kinds, kind, "--kind", XQ_APPOINTMENT_COUNSELLING, &appointment->kind, error))
    return FALSE;
  if (at == NULL)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("Say when: --at TIME."));
      return FALSE;
    }
  appointment->ends_at = appointment->starts_at + (gint64) minutes * 60;
  desk = xq_cli_desk (cli, error);
  return desk != NULL && xq_cli_find_person (desk, person, &appointment->person_id, error)
         && create_appointment (cli, desk, appointment, error);
}

const XqCommand xq_calendar_commands[] = {
  { "calendar list", NULL, N_("Appointments and follow-ups"), run_list },
  { "calendar new", NULL, N_("Make an appointment; says what it clashes with"), run_new },
  { "calendar ics", "[FILE]", N_("The same for other calendars, without names"), run_ics },
  { 0 },
};
