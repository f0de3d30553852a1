/* What several commands need of the rooms, made once for a run. */
#pragma once

#include "care/care.h"
#include "cli/cli.h"
#include "referral/referral.h"

G_BEGIN_DECLS

typedef struct _XqRooms XqRooms;

/* Opens the vault with its working days, its care and its green channel. */
XqRooms *xq_rooms_open (XqCli *cli, GError **error);
void xq_rooms_free (XqRooms *rooms);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XqRooms, xq_rooms_free)

XqDatabase *xq_rooms_database (XqRooms *rooms);
XqCare *xq_rooms_care (XqRooms *rooms);
XqGreenChannel *xq_rooms_channel (XqRooms *rooms);

/* The person of a number or an id; *@ret_id stays as it was for %NULL @text. */
gboolean xq_rooms_find_person (XqRooms *rooms, const char *text, gint64 *ret_id, GError **error);
/* Opening somebody's file is written down. */
gboolean xq_rooms_audit_opened (XqRooms *rooms, gint64 person_id, GError **error);
/* What leaves the vault is written down: @detail (transfer full) says what and how many. */
gboolean xq_rooms_audit_export (XqRooms *rooms, const char *action, JsonObject *detail, GError **error);

/* [{"id","name","profile"}] */
JsonArray *xq_organisations_json (XqCli *cli, GError **error);

G_END_DECLS
