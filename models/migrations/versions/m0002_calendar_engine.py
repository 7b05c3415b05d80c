"""What following a calendar for years needs: grants, history, merges, offers, doubtful absence."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_text = sqlmodel.sql.sqltypes.AutoString
_moment = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    with op.batch_alter_table("account") as table:
        table.add_column(sa.Column("granted_at", _moment(), nullable=True))
        table.add_column(sa.Column("previous_grant_days", sa.Float(), nullable=True))
    with op.batch_alter_table("calendar_link") as table:
        table.add_column(sa.Column("history_since", _moment(), nullable=True))
        table.add_column(sa.Column("history_read_to", _moment(), nullable=True))
        table.add_column(sa.Column("history_done_at", _moment(), nullable=True))
        table.add_column(sa.Column("next_try_at", _moment(), nullable=True))
        table.add_column(sa.Column("proved_account_id", _text(), nullable=True))
    with op.batch_alter_table("session") as table:
        table.add_column(sa.Column("is_history", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("stands_alone", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("said_by", _text(), nullable=True))
        table.add_column(sa.Column("before_mark", _text(), nullable=True))
        # A reading looks for what ends after its window begins: the past stays out of it.
        table.drop_index("ix_session_calendar_link_id_starts_at")
        table.create_index("ix_session_calendar_link_id_ends_at", ["calendar_link_id", "ends_at"])
    with op.batch_alter_table("event_link") as table:
        table.add_column(sa.Column("missing_since", _moment(), nullable=True))
        table.add_column(
            sa.Column("organizer_is_self", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        table.create_index("ix_event_link_ical_uid_original_start", ["ical_uid", "original_start"])
        table.drop_index(op.f("ix_event_link_recurring_event_id"))
        table.create_index(
            "ix_event_link_calendar_link_id_recurring_event_id", ["calendar_link_id", "recurring_event_id"]
        )
    with op.batch_alter_table("session_flag") as table:
        table.add_column(sa.Column("said_starts_at", _moment(), nullable=True))
        table.add_column(sa.Column("said_ends_at", _moment(), nullable=True))
    with op.batch_alter_table("practitioner") as table:
        table.add_column(sa.Column("color_meanings", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("client") as table:
        table.add_column(sa.Column("merged_into_id", _text(), nullable=True))
    op.create_table(
        "client_merge",
        sa.Column("id", _text(), nullable=False),
        sa.Column("from_client_id", _text(), nullable=False),
        sa.Column("into_client_id", _text(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("merged_at", _moment(), nullable=False),
        sa.Column("undone_at", _moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["from_client_id"], ["client.id"], name=op.f("fk_client_merge_from_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["into_client_id"], ["client.id"], name=op.f("fk_client_merge_into_client_id_client")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_merge")),
    )
    with op.batch_alter_table("client_merge") as table:
        table.create_index(op.f("ix_client_merge_from_client_id"), ["from_client_id"])
    op.create_table(
        "carry_offer",
        sa.Column("id", _text(), nullable=False),
        sa.Column("from_session_id", _text(), nullable=False),
        sa.Column("to_session_id", _text(), nullable=False),
        sa.Column("offered_at", _moment(), nullable=False),
        sa.Column("outcome", _text(), nullable=True),
        sa.Column("settled_at", _moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["from_session_id"], ["session.id"], name=op.f("fk_carry_offer_from_session_id_session")
        ),
        sa.ForeignKeyConstraint(
            ["to_session_id"], ["session.id"], name=op.f("fk_carry_offer_to_session_id_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carry_offer")),
        sa.UniqueConstraint(
            "from_session_id", "to_session_id", name=op.f("uq_carry_offer_from_session_id_to_session_id")
        ),
    )
    with op.batch_alter_table("carry_offer") as table:
        table.create_index(op.f("ix_carry_offer_to_session_id"), ["to_session_id"])


def downgrade() -> None:
    op.drop_table("carry_offer")
    op.drop_table("client_merge")
    with op.batch_alter_table("client") as table:
        table.drop_column("merged_into_id")
    with op.batch_alter_table("practitioner") as table:
        table.drop_column("color_meanings")
    with op.batch_alter_table("event_link") as table:
        table.drop_index("ix_event_link_calendar_link_id_recurring_event_id")
        table.create_index(op.f("ix_event_link_recurring_event_id"), ["recurring_event_id"])
        table.drop_index("ix_event_link_ical_uid_original_start")
        table.drop_column("organizer_is_self")
        table.drop_column("missing_since")
    with op.batch_alter_table("session_flag") as table:
        table.drop_column("said_ends_at")
        table.drop_column("said_starts_at")
    with op.batch_alter_table("session") as table:
        table.drop_index("ix_session_calendar_link_id_ends_at")
        table.create_index("ix_session_calendar_link_id_starts_at", ["calendar_link_id", "starts_at"])
        table.drop_column("stands_alone")
        table.drop_column("before_mark")
        table.drop_column("said_by")
        table.drop_column("is_history")
    with op.batch_alter_table("calendar_link") as table:
        table.drop_column("proved_account_id")
        table.drop_column("next_try_at")
        table.drop_column("history_done_at")
        table.drop_column("history_read_to")
        table.drop_column("history_since")
    with op.batch_alter_table("account") as table:
        table.drop_column("previous_grant_days")
        table.drop_column("granted_at")
