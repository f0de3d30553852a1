/* Cases and their sessions, with the appointments that they stand in. */
#pragma once

#include "cli/demo-private.h"

G_BEGIN_DECLS

typedef struct _XqDemoSessions XqDemoSessions;

XqDemoSessions *xq_demo_sessions_new (XqDemo *demo);
void xq_demo_sessions_free (XqDemoSessions *sessions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqDemoSessions, xq_demo_sessions_free)

/* Opens a case with its first appointment; somebody who has one already keeps it. */
gboolean xq_demo_sessions_take_on (XqDemoSessions *sessions, gint64 person_id, XqDemoRandom *random, GError **error);
/* A signed note about a crisis. */
gboolean xq_demo_sessions_crisis (XqDemoSessions *sessions, gint64 person_id, const char *text, GError **error);
/* Today's appointments are kept, missed or called off, and the next ones made. */
gboolean xq_demo_sessions_day (XqDemoSessions *sessions, GError **error);
/* What else stands in the calendar from today on. */
gboolean xq_demo_sessions_ahead (XqDemoSessions *sessions, GError **error);

G_END_DECLS
