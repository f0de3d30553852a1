#include "config.h"

#include "ui/session-private.h"

#include <string.h>

#define STAR "＊"

/* Two characters are a surname before at least one more; a name of four or more begins with one. */
static gboolean
has_long_surname (const char *name)
{
  static const char *const surnames[] = {
    "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "夏侯", "尉迟", "尉遲", "公孙", "公孫", "慕容",
    "令狐", "司徒", "皇甫", "东方", "東方", "端木", "宇文", "长孙", "長孫", "轩辕", "軒轅", "百里", "南宫",
    "南宮", "独孤", "獨孤", "呼延", "闻人", "聞人", "赫连", "赫連", "澹台", "澹臺", "钟离", "鍾離", "单于",
  };

  if (g_utf8_strlen (name, -1) < 3)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (surnames); i++)
    if (g_str_has_prefix (name, surnames[i]))
      return TRUE;
  return FALSE;
}

char *
xq_mask_name (const char *name)
{
  const char *end = g_utf8_offset_to_pointer (name, has_long_surname (name) ? 2 : 1);

  return g_strdup_printf ("%.*s" STAR, (int) (end - name), name);
}

char *
xq_mask_text (const char *text)
{
  glong length = g_utf8_strlen (text, -1);
  glong hidden = MIN (MAX (length - 2, 1), 4);
  GString *masked = g_string_new (NULL);

  for (glong i = 0; i < hidden; i++)
    g_string_append (masked, STAR);
  if (length > 2)
    g_string_append (masked, g_utf8_offset_to_pointer (text, length - 2));
  return g_string_free (masked, FALSE);
}
