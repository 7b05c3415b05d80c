"""Signed notes and their amendments, private notes apart."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_text = sqlmodel.sql.sqltypes.AutoString
_moment = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    with op.batch_alter_table("note_revision") as table:
        table.add_column(sa.Column("based_on", sa.Integer(), nullable=True))
    op.create_table(
        "note_signing",
        sa.Column("id", _text(), nullable=False),
        sa.Column("note_id", _text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("signed_by", _text(), nullable=False),
        sa.Column("signed_at", _moment(), nullable=False),
        sa.Column("hash_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reopened_at", _moment(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_note_signing_note_id_note")),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["practitioner.id"], name=op.f("fk_note_signing_signed_by_practitioner")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_signing")),
    )
    with op.batch_alter_table("note_signing") as table:
        table.create_index(op.f("ix_note_signing_note_id"), ["note_id"])
    op.create_table(
        "note_addendum",
        sa.Column("id", _text(), nullable=False),
        sa.Column("note_id", _text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("written_by", _text(), nullable=False),
        sa.Column("written_at", _moment(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("hash_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_note_addendum_note_id_note")),
        sa.ForeignKeyConstraint(
            ["written_by"], ["practitioner.id"], name=op.f("fk_note_addendum_written_by_practitioner")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_addendum")),
        sa.UniqueConstraint("note_id", "number", name=op.f("uq_note_addendum_note_id_number")),
    )
    _private_notes()


def _private_notes() -> None:
    op.create_table(
        "private_note",
        sa.Column("id", _text(), nullable=False),
        sa.Column("session_id", _text(), nullable=False),
        sa.Column("client_id", _text(), nullable=False),
        sa.Column("author_id", _text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", _moment(), nullable=False),
        sa.Column("updated_at", _moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_private_note_session_id_session")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_private_note_client_id_client")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["practitioner.id"], name=op.f("fk_private_note_author_id_practitioner")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_note")),
        sa.UniqueConstraint("session_id", "author_id", name=op.f("uq_private_note_session_id_author_id")),
    )
    with op.batch_alter_table("private_note") as table:
        table.create_index(op.f("ix_private_note_client_id"), ["client_id"])
    op.create_table(
        "private_note_revision",
        sa.Column("id", _text(), nullable=False),
        sa.Column("private_note_id", _text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", _moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["private_note_id"],
            ["private_note.id"],
            name=op.f("fk_private_note_revision_private_note_id_private_note"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_note_revision")),
        sa.UniqueConstraint(
            "private_note_id", "number", name=op.f("uq_private_note_revision_private_note_id_number")
        ),
    )


def downgrade() -> None:
    for table in ("private_note_revision", "private_note", "note_addendum", "note_signing"):
        op.drop_table(table)
    with op.batch_alter_table("note_revision") as revisions:
        revisions.drop_column("based_on")
