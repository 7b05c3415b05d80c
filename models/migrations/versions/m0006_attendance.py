"""How often a client comes, planned pauses, and how a therapy ended."""

from typing import Any
from uuid import uuid4

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_text = sqlmodel.sql.sqltypes.AutoString
_moment = sqlmodel.sql.sqltypes.UTCDateTime

_client = sa.table(
    "client",
    sa.column("id", _text()),
    sa.column("status", _text()),
    sa.column("cadence_days", sa.Integer()),
    sa.column("created_at", _moment()),
)
_merge = sa.table(
    "client_merge",
    sa.column("id", _text()),
    sa.column("from_client_id", _text()),
    sa.column("moved", sa.JSON()),
    sa.column("undone_at", _moment()),
)
_session = sa.table(
    "session",
    sa.column("client_id", _text()),
    sa.column("status", _text()),
    sa.column("starts_at", _moment()),
)


def _own_columns() -> tuple[sa.Column[str], sa.Column[str]]:
    return sa.Column("id", _text(), nullable=False), sa.Column("client_id", _text(), nullable=False)


def _make(name: str, *columns: sa.Column[object]) -> sa.Table:
    made = op.create_table(
        name,
        *_own_columns(),
        *columns,
        sa.Column("said_at", _moment(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f(f"fk_{name}_client_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    with op.batch_alter_table(name) as table:
        table.create_index(op.f(f"ix_{name}_client_id"), ["client_id"])
    return made


def upgrade() -> None:
    cadence = _make(
        "client_cadence",
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
    )
    pause = _make(
        "client_pause",
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
    )
    ending = _make(
        "client_ending",
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("kind", _text(), nullable=False),
        sa.Column("goals_met", sa.Boolean(), nullable=True),
        sa.Column("reopened_on", sa.Date(), nullable=True),
    )
    _take_over(cadence, pause, ending)
    op.drop_column("client", "cadence_days")


def _take_over(cadence: sa.Table, pause: sa.Table, ending: sa.Table) -> None:
    """Keep what was said before; a pause is from the client's first day here, an end from her last hour."""
    client, session = _client, _session
    run = op.get_bind().execute
    for row in run(sa.select(client).where(client.c.cadence_days.is_not(None))).all():
        run(cadence.insert().values(**_said_of(row), days=row.cadence_days))
    for row in run(sa.select(client).where(client.c.status == "paused")).all():
        run(pause.insert().values(**_said_of(row), from_on=row.created_at.date()))
    run(client.update().where(client.c.status == "paused").values(status="active"))
    ended = client.c.status == "ended"
    for merge, was in _merged():
        gone = client.c.id == merge.from_client_id
        row = run(sa.select(client).where(gone)).one()
        if was == "paused":
            run(pause.insert().values(**_said_of(row), from_on=row.created_at.date()))
            moved = {**merge.moved, "status": "active"}
            run(_merge.update().where(_merge.c.id == merge.id).values(moved=moved))
        else:
            ended = ended | gone
    for row in run(sa.select(client).where(ended)).all():
        took_place = session.c.client_id == row.id, session.c.status.in_(("held", "no_show"))
        last = run(sa.select(sa.func.max(session.c.starts_at)).where(*took_place)).scalar()
        run(ending.insert().values(**_said_of(row), ended_on=(last or row.created_at).date(), kind="unknown"))


def _merged() -> list[tuple[Any, str]]:
    """The merges that hold of records that were paused or ended, and which: to be undone as they were."""
    found = op.get_bind().execute(sa.select(_merge).where(_merge.c.undone_at.is_(None))).all()
    stood = [(merge, merge.moved.get("status")) for merge in found]
    return [(merge, was) for merge, was in stood if was in ("paused", "ended")]


def _said_of(row: Any) -> dict[str, object]:
    return {"id": str(uuid4()), "client_id": row.id, "said_at": row.created_at}


def downgrade() -> None:
    op.add_column("client", sa.Column("cadence_days", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE client SET cadence_days = (SELECT days FROM client_cadence WHERE client_id = client.id "
        "ORDER BY COALESCE(valid_from, '0001-01-01') DESC LIMIT 1)"
    )
    for name in ("client_ending", "client_pause", "client_cadence"):
        op.drop_table(name)
