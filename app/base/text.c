#include "config.h"

#include "base/text.h"

#include <string.h>

gboolean
xq_text_is_han (gunichar c)
{
  return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x20000 && c <= 0x3ffff)
         || (c >= 0xf900 && c <= 0xfaff) || c == 0x3007;
}

/* Most cells are plain ASCII without doubled blanks, or three Han characters: nothing to do for those. */
static gboolean
is_plain (const char *text)
{
  const guchar *p = (const guchar *) text;

  if (*p == ' ')
    return FALSE;
  while (*p != '\0')
    {
      if (*p == ' ' && (p[1] == ' ' || p[1] == '\0'))
        return FALSE;
      if (*p >= ' ' && *p < 0x7f)
        p++;
      else if (*p >= 0xe4 && *p <= 0xe9 && (*p > 0xe4 || p[1] >= 0xb8) && (p[1] & 0xc0) == 0x80
               && (p[2] & 0xc0) == 0x80)
        p += 3;
      else
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_invisible (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return (type == G_UNICODE_CONTROL && !g_unichar_isspace (c)) || type == G_UNICODE_FORMAT
         || type == G_UNICODE_PRIVATE_USE || type == G_UNICODE_UNASSIGNED;
}

char *
xq_text_plain (const char *text)
{
  g_autofree char *composed = NULL;
  GString *plain;
  gboolean blank = FALSE;

  if (text == NULL)
    return g_strdup ("");
  if (is_plain (text))
    return g_strdup (text);
  if (!g_utf8_validate (text, -1, NULL))
    return g_strdup ("");

  composed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  plain = g_string_sized_new (strlen (composed));
  for (const char *p = composed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_invisible (c))
        continue;
      if (g_unichar_isspace (c))
        {
          blank = plain->len > 0;
          continue;
        }
      if (blank)
        g_string_append_c (plain, ' ');
      blank = FALSE;
      g_string_append_unichar (plain, c);
    }
  return g_string_free_and_steal (plain);
}
