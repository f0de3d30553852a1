/* The team, and what was done for many at once. */
#include "config.h"

#include "base/date.h"
#include "care/records.h"
#include "cli/demo-private.h"

gboolean
xq_demo_team (XqDemo *demo, GError **error)
{
  JsonArray *told = xq_demo_words_list (demo->words, "team");
  const XqTerm *first = g_ptr_array_index (demo->terms, 0);

  for (guint i = 0; i < json_array_get_length (told); i++)
    {
      JsonObject *one = json_array_get_object_element (told, i);
      g_autoptr (XqTeamMember) member = xq_team_member_new ();

      member->organisation_id = demo->organisation->id;
      member->name = g_strdup (xq_demo_words_member (one, "name"));
      member->role = g_strdup (xq_demo_words_member (one, "role"));
      member->full_time = json_object_get_boolean_member (one, "full_time");
      member->qualification = g_strdup (xq_demo_words_member (one, "qualification"));
      member->from_date = g_strdup (first->from_date);
      if (!xq_team_member_save (demo->database, member, error))
        return FALSE;
    }
  return TRUE;
}

static gint64
head_count (const XqDemo *demo, JsonObject *told)
{
  gint64 classes = 0;

  if (!json_object_has_member (told, "per_class"))
    return (gint64) (demo->options.students * json_object_get_double_member (told, "share"));
  for (guint i = 0; i < demo->groups->len; i++)
    classes += g_array_index (demo->groups, XqDemoGroup, i).unit_id != 0;
  return classes;
}

static gboolean
hold (XqDemo *demo, JsonObject *told, GError **error)
{
  g_autoptr (XqActivity) activity = xq_activity_new ();

  activity->organisation_id = demo->organisation->id;
  activity->held_on = g_strdup (demo->day);
  activity->kind = xq_choice_index (xq_activity_kinds, xq_demo_words_member (told, "kind"));
  activity->title = g_strdup (xq_demo_words_member (told, "title"));
  activity->audience = g_strdup (xq_demo_words_member (told, "audience"));
  activity->head_count = head_count (demo, told);
  activity->hours = json_object_get_double_member (told, "hours");
  return xq_activity_save (demo->database, activity, error);
}

gboolean
xq_demo_activities_day (XqDemo *demo, const XqTerm *term, GError **error)
{
  JsonArray *told = xq_demo_words_list (demo->words, demo->options.profile == XQ_PROFILE_ENTERPRISE ? "work_activities" : "activities");

  for (guint i = 0; i < json_array_get_length (told); i++)
    {
      JsonObject *one = json_array_get_object_element (told, i);
      int week = (int) json_object_get_int_member (one, "week");
      g_autofree char *monday = xq_date_monday (term->from_date);
      g_autofree char *wanted = xq_date_add_days (monday, (week - 1) * 7 + 2 + (int) i % 3);
      g_autofree char *day = xq_working_days_on_or_after (xq_desk_days (demo->desk), wanted);

      if (xq_date_compare (day, demo->day) == 0 && !hold (demo, one, error))
        return FALSE;
    }
  return TRUE;
}
