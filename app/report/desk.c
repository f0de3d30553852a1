#include "config.h"

#include "report/desk.h"

#include "calendar/working-day.h"
#include "people/tag.h"

struct _XqDesk
{
  XqDatabase *database;
  XqWorkingDays *days;
  XqInstrumentSet *instruments;
  XqCare *care;
  XqGreenChannel *channel;
};

static char *
instrument_word (const char *id, gpointer user_data)
{
  const XqInstrument *instrument = xq_instrument_set_peek (user_data, id);

  return instrument != NULL ? g_strdup (instrument->label) : NULL;
}

static char *
scale_word (const char *id, const char *scale_id, gpointer user_data)
{
  const XqInstrument *instrument = xq_instrument_set_peek (user_data, id);
  const XqScale *scale = instrument != NULL ? xq_instrument_scale (instrument, scale_id) : NULL;

  return scale != NULL ? g_strdup (xq_words_get (&scale->label)) : NULL;
}

static char *
option_word (const char *id, int number, int value, gpointer user_data)
{
  const XqInstrument *instrument = xq_instrument_set_peek (user_data, id);
  const XqItem *item = instrument != NULL ? xq_instrument_item (instrument, number) : NULL;
  const XqAnswerOption *option = item != NULL ? xq_item_option (item, value) : NULL;

  return option != NULL ? g_strdup (xq_words_get (&option->label)) : NULL;
}

static char *
tag_word (const char *tag, gpointer user_data)
{
  return g_strdup (xq_tag_label (tag));
}

static gboolean
set_out (XqDesk *desk, GError **error)
{
  XqReasonWords words = { instrument_word, scale_word, option_word, tag_word, NULL };

  if ((desk->days = xq_working_days_load (desk->database, error)) == NULL
      || (desk->instruments = xq_instrument_set_new (desk->database, error)) == NULL
      || (desk->care = xq_care_new (desk->database, desk->days, error)) == NULL
      || (desk->channel = xq_green_channel_new (desk->database, desk->days, error)) == NULL)
    return FALSE;
  words.user_data = desk->instruments;
  xq_care_set_words (desk->care, &words);
  return TRUE;
}

XqDesk *
xq_desk_new (XqDatabase *database, GError **error)
{
  g_autoptr (XqDesk) desk = g_new0 (XqDesk, 1);

  desk->database = database;
  return set_out (desk, error) ? g_steal_pointer (&desk) : NULL;
}

void
xq_desk_free (XqDesk *desk)
{
  if (desk == NULL)
    return;
  g_clear_pointer (&desk->channel, xq_green_channel_free);
  g_clear_pointer (&desk->care, xq_care_free);
  g_clear_pointer (&desk->instruments, xq_instrument_set_unref);
  g_clear_pointer (&desk->days, xq_working_days_unref);
  g_free (desk);
}

XqDatabase *
xq_desk_database (XqDesk *desk)
{
  return desk->database;
}

XqWorkingDays *
xq_desk_days (XqDesk *desk)
{
  return desk->days;
}

XqInstrumentSet *
xq_desk_instruments (XqDesk *desk)
{
  return desk->instruments;
}

XqCare *
xq_desk_care (XqDesk *desk)
{
  return desk->care;
}

XqGreenChannel *
xq_desk_channel (XqDesk *desk)
{
  return desk->channel;
}

gboolean
xq_desk_advance_referral (XqDesk *desk, gint64 referral_id, const XqReferralAdvance *advance,
                          XqReferral **ret_referral, GError **error)
{
  g_autoptr (XqTransaction) transaction = xq_transaction_begin (desk->database, error);
  g_autoptr (XqReferral) referral = NULL;

  if (transaction == NULL
      || !xq_referral_advance (desk->channel, referral_id, advance, &referral, error)
      || !xq_care_referral_moved (desk->care, referral->person_id, referral->warning_id, referral->id,
                                  xq_referral_states[referral->state].id, referral->due_at, error)
      || !xq_transaction_commit (g_steal_pointer (&transaction), error))
    return FALSE;
  if (ret_referral != NULL)
    *ret_referral = g_steal_pointer (&referral);
  return TRUE;
}
