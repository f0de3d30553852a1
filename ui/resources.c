#include "config.h"

#include "ui/resources.h"

#include <gio/gio.h>

#include "xinqiao-ui-resources.h"

void
xq_ui_resources_register (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      g_resources_register (xq_ui_get_resource ());
      g_once_init_leave (&once, 1);
    }
}
