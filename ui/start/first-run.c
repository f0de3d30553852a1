#include "config.h"

#include "ui/start/first-run.h"

#include <glib/gi18n-lib.h>

#include "ui/preferences.h"
#include "ui/start/demo.h"
#include "ui/start/password-fields.h"
#include "ui/start/recovery-sheet.h"
#include "ui/start/start.h"
#include "ui/start/work.h"
#include "ui/widgets/dialogs.h"

struct _XqFirstRun
{
  AdwNavigationPage parent_instance;

  GtkButton *back;
  GtkStack *steps;
  GtkCheckButton *college;
  GtkCheckButton *enterprise;
  AdwEntryRow *name;
  GtkWidget *go_on;
  GtkWidget *demo;
  GtkWidget *demo_spinner;
  XqPasswordFields *password;
  GtkLabel *message;
  GtkWidget *create;
  GtkLabel *create_label;
  GtkWidget *spinner;

  char *folder;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (XqFirstRun, xq_first_run, ADW_TYPE_NAVIGATION_PAGE)

static gboolean
is_first_step (XqFirstRun *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->steps), "profile") == 0;
}

static char *
entered_name (XqFirstRun *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
}

static XqProfile
chosen_profile (XqFirstRun *self)
{
  if (gtk_check_button_get_active (self->college))
    return XQ_PROFILE_COLLEGE;
  return gtk_check_button_get_active (self->enterprise) ? XQ_PROFILE_ENTERPRISE : XQ_PROFILE_SCHOOL;
}

static void
set_busy (XqFirstRun *self, gboolean busy)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* An entry that is switched off while it has the focus goes on blinking. */
  if (busy && root != NULL)
    gtk_root_set_focus (root, NULL);
  self->busy = busy;
  gtk_widget_set_visible (self->spinner, busy);
  gtk_label_set_label (self->create_label, busy ? _("Making the vault…") : _("_Make the Vault"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->password), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->back), !busy);
  gtk_widget_set_sensitive (self->create, !busy && xq_password_fields_is_ready (self->password));
}

static void
on_name_changed_cb (XqFirstRun *self)
{
  g_autofree char *name = entered_name (self);

  gtk_widget_set_sensitive (self->go_on, *name != '\0');
}

static void
on_continue_cb (XqFirstRun *self)
{
  g_autofree char *name = entered_name (self);

  if (*name == '\0')
    return;
  gtk_stack_set_visible_child_name (self->steps, "password");
  gtk_widget_set_visible (GTK_WIDGET (self->back), TRUE);
  adw_navigation_page_set_can_pop (ADW_NAVIGATION_PAGE (self), FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static void
on_back_cb (XqFirstRun *self)
{
  gtk_stack_set_visible_child_name (self->steps, "profile");
  gtk_widget_set_visible (GTK_WIDGET (self->back), FALSE);
  adw_navigation_page_set_can_pop (ADW_NAVIGATION_PAGE (self), TRUE);
}

static void
on_ready_cb (XqFirstRun *self)
{
  gtk_widget_set_sensitive (self->create, !self->busy && xq_password_fields_is_ready (self->password));
}

static void
on_created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  XqFirstRun *self = XQ_FIRST_RUN (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (XqStartWork) work = xq_start_work_finish (result, &error);
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  if (view == NULL)
    return;
  set_busy (self, FALSE);
  if (work != NULL)
    {
      xq_preferences_set_vault (self->folder);
      adw_navigation_view_push (ADW_NAVIGATION_VIEW (view),
                                ADW_NAVIGATION_PAGE (xq_recovery_sheet_new (work->vault, work->name, work->ret_code)));
      return;
    }
  gtk_label_set_label (self->message, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->message), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static void
on_create_cb (XqFirstRun *self)
{
  XqStartWork *work;

  if (self->busy || !xq_password_fields_is_ready (self->password))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
  work = xq_start_work_new (self->folder);
  work->profile = chosen_profile (self);
  work->name = entered_name (self);
  work->password = xq_password_fields_take (self->password);
  set_busy (self, TRUE);
  xq_start_work_run (GTK_WIDGET (self), xq_start_create, work, NULL, NULL, on_created_cb, NULL);
}

static void
on_demo_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  XqFirstRun *self = XQ_FIRST_RUN (source);
  g_autoptr (GError) error = NULL;
  gboolean opened = xq_start_demo_finish (GTK_WIDGET (self), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->steps), TRUE);
  gtk_widget_set_visible (self->demo_spinner, FALSE);
  if (!opened)
    xq_error_dialog (GTK_WIDGET (self), _("The invented school cannot be shown"), error);
}

static void
on_demo_cb (XqFirstRun *self)
{
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  gtk_widget_set_visible (self->demo_spinner, TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->steps), FALSE);
  xq_start_demo_async (GTK_WIDGET (self), on_demo_opened_cb, NULL);
}

static void
on_restore_cb (XqFirstRun *self)
{
  xq_start_show_restore (GTK_WIDGET (self));
}

static void
xq_first_run_shown (AdwNavigationPage *page)
{
  XqFirstRun *self = XQ_FIRST_RUN (page);

  gtk_widget_grab_focus (is_first_step (self) ? GTK_WIDGET (self->name) : GTK_WIDGET (self->password));
}

static void
xq_first_run_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), XQ_TYPE_FIRST_RUN);
  G_OBJECT_CLASS (xq_first_run_parent_class)->dispose (object);
}

static void
xq_first_run_finalize (GObject *object)
{
  g_free (XQ_FIRST_RUN (object)->folder);
  G_OBJECT_CLASS (xq_first_run_parent_class)->finalize (object);
}

static void
xq_first_run_class_init (XqFirstRunClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = xq_first_run_dispose;
  G_OBJECT_CLASS (class)->finalize = xq_first_run_finalize;
  ADW_NAVIGATION_PAGE_CLASS (class)->shown = xq_first_run_shown;

  g_type_ensure (XQ_TYPE_PASSWORD_FIELDS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/xinqiao/Xinqiao/ui/start/first-run.ui");
  gtk_widget_class_bind_template_child (widget_class, XqFirstRun, back);
  gtk_widget_class_bind_template_child (widget_class, XqFirstRun, steps);
  gtk_widget_class_bind_template_child (widget_class, XqFirstRun, college);
  gtk_widget_class_bind_template_child (widget_class, XqFirstRun, enterprise);
  gtk_widget_class_bind_template_child (widget_class, XqFirstRun, name);
  gtk_widget_class_bind_template_child (widget_class, XqFirstRun, go_on);
  gtk_widget_class_bind_template_child (widget_class, XqFirstRun, demo);
  gtk_widget_class_bind_template_child (widget_class, XqFirstRun, demo_spinner);
  gtk_widget_class_bind_template_child (widget_class, XqFirstRun, password);
  gtk_widget_class_bind_template_child (widget_class, XqFirstRun, message);
  gtk_widget_class_bind_template_child (widget_class, XqFirstRun, create);
  gtk_widget_class_bind_template_child (widget_class, XqFirstRun, create_label);
  gtk_widget_class_bind_template_child (widget_class, XqFirstRun, spinner);
  gtk_widget_class_bind_template_callback (widget_class, on_back_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_continue_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_ready_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_create_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_demo_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_restore_cb);
}

static void
xq_first_run_init (XqFirstRun *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

XqFirstRun *
xq_first_run_new (const char *folder)
{
  XqFirstRun *self = g_object_new (XQ_TYPE_FIRST_RUN, NULL);

  self->folder = g_strdup (folder);
  return self;
}
