#include "config.h"

#include "referral/green-channel.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/error.h"
#include "base/resource.h"
#include "vault/vault.h"

#define SETTING "referral_lanes"

typedef enum
{
  SPAN_HOURS,
  SPAN_WORKING_DAYS,
  SPAN_SAME_DAY,
} SpanKind;

typedef struct
{
  SpanKind kind;
  int count;
} Span;

struct _XqGreenChannel
{
  XqDatabase *database;
  XqWorkingDays *days;
  Span spans[XQ_LANE_ROUTINE + 1][XQ_CLOCKS];
};

static const char *const clock_names[XQ_CLOCKS] = { "sent", "attended", "result", "reask" };

static gboolean
refuse (GError **error, const char *lane, const char *clock)
{
  g_set_error (error, XQ_REFERRAL_ERROR, XQ_ERROR_REFUSED,
               _ ("The clocks of the lane “%s” are wrong at “%s”: write {\"hours\": n}, {\"working_days\": n} or"
                  " {\"same_day\": true}, n from 1 to 10000."),
               lane, clock);
  return FALSE;
}

static gboolean
read_span (JsonObject *lane, const char *lane_id, const char *clock, Span *span, GError **error)
{
  JsonNode *node = json_object_get_member (lane, clock);
  JsonObject *object;
  const char *member;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, lane_id, clock);
  object = json_node_get_object (node);
  if (json_object_get_boolean_member_with_default (object, "same_day", FALSE))
    {
      *span = (Span) { SPAN_SAME_DAY, 0 };
      return TRUE;
    }
  member = json_object_has_member (object, "hours") ? "hours" : "working_days";
  span->kind = member[0] == 'h' ? SPAN_HOURS : SPAN_WORKING_DAYS;
  span->count = json_object_get_int_member_with_default (object, member, 0);
  return (span->count >= 1 && span->count <= 10000) || refuse (error, lane_id, clock);
}

static gboolean
read_lanes (Span spans[][XQ_CLOCKS], const char *text, gssize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root, *lanes = NULL;

  if (!json_parser_load_from_data (parser, text, length, error))
    return FALSE;
  root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    lanes = json_object_get_member (json_node_get_object (root), "lanes");
  for (int lane = 0; lane <= XQ_LANE_ROUTINE; lane++)
    {
      const char *id = xq_referral_lanes[lane].id;
      JsonNode *node = lanes != NULL && JSON_NODE_HOLDS_OBJECT (lanes)
                           ? json_object_get_member (json_node_get_object (lanes), id)
                           : NULL;

      if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
        return refuse (error, id, "");
      for (int clock = 0; clock < XQ_CLOCKS; clock++)
        if (!read_span (json_node_get_object (node), id, clock_names[clock], &spans[lane][clock], error))
          return FALSE;
    }
  return TRUE;
}

XqGreenChannel *
xq_green_channel_new (XqDatabase *database, XqWorkingDays *days, GError **error)
{
  g_autoptr (XqGreenChannel) channel = g_new0 (XqGreenChannel, 1);
  g_autofree char *own = xq_setting_get (database, SETTING, "");

  channel->database = database;
  channel->days = xq_working_days_ref (days);
  if (own != NULL && *own != '\0')
    {
      if (!read_lanes (channel->spans, own, -1, error))
        return NULL;
    }
  else
    {
      g_autoptr (GBytes) shipped = xq_resource_load ("referral/lanes.json", error);

      if (shipped == NULL
          || !read_lanes (channel->spans, g_bytes_get_data (shipped, NULL), g_bytes_get_size (shipped), error))
        return NULL;
    }
  return g_steal_pointer (&channel);
}

void
xq_green_channel_free (XqGreenChannel *channel)
{
  if (channel == NULL)
    return;
  g_clear_pointer (&channel->days, xq_working_days_unref);
  g_free (channel);
}

gboolean
xq_green_channel_save_lanes (XqDatabase *database, const char *json, GError **error)
{
  Span spans[XQ_LANE_ROUTINE + 1][XQ_CLOCKS];

  if (json != NULL && !read_lanes (spans, json, -1, error))
    return FALSE;
  return xq_setting_set (database, SETTING, json != NULL ? json : "", error);
}

XqDatabase *
xq_green_channel_database (const XqGreenChannel *channel)
{
  return channel->database;
}

gint64
xq_green_channel_end_of_day (const char *date)
{
  g_autofree char *next = xq_date_add_days (date, 1);

  return xq_date_start (next) - 1;
}

gint64
xq_green_channel_due (const XqGreenChannel *channel, XqReferralLane lane, XqReferralClockKind kind, gint64 from)
{
  const Span *span = &channel->spans[lane][kind];
  g_autofree char *day = NULL;

  switch (span->kind)
    {
    case SPAN_HOURS:
      return from + (gint64) span->count * 3600;
    case SPAN_WORKING_DAYS:
      return xq_working_days_after (channel->days, from, span->count);
    case SPAN_SAME_DAY:
      /* Late in the evening "the same day" still leaves as long as sending the letter takes. */
      day = xq_clock_date (from);
      return MAX (xq_green_channel_end_of_day (day), xq_green_channel_due (channel, lane, XQ_CLOCK_SENT, from));
    default:
      g_assert_not_reached ();
    }
}
