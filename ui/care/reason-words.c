#include "config.h"

#include "ui/care/reason-words.h"

char *
xq_reason_words (XqSession *session, XqCare *care, const XqWarningReason *reason)
{
  g_autofree char *text = reason->text != NULL ? xq_session_words (session, reason->text) : NULL;
  XqWarningReason shown = *reason;

  shown.text = text;
  return xq_warning_reason_text (care, &shown);
}
