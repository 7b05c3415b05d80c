"""How much memory a worker at rest takes."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.figures import Figure, Pair
from bench.ground import ANA, NOW, READING, served
from sync.adapters.google_credentials import StoredCredentials
from sync.app import open_app
from sync.settings import load_settings
from sync.setup import set_up
from sync.store.links import LinkWish, SignIn, keep_account, keep_link
from sync.store.practitioners import add_practitioner

LIMIT_MB = 150.0
RESTING_SECONDS = 12.0


def figures(runs: int) -> list[Figure]:  # noqa: ARG001 - one long look instead of many
    """The resident memory of `practice-sync work` with one linked calendar, after its first rounds."""
    with served(400) as ground, tempfile.TemporaryDirectory(prefix="practice-sync-bench-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        (home / "settings.toml").write_text(
            f'[key]\nplace = "file"\nfile = "{folder}/keys/key"\n'
            f'[google]\napi_root = "{ground.api_root}"\n[sync]\ndoorbell_seconds = 15\n'
        )
        set_up(home, NOW)
        app = open_app(load_settings(home))
        stored = StoredCredentials(
            ground.client_id,
            ground.client_secret,
            ground.refresh_token,
            ground.token_uri,
            (READING,),
            "1",
            ANA,
            NOW.isoformat(),
        )
        with app.writing() as records:
            person = add_practitioner(records, "Ana Okafor", ANA, app.now())
            account = keep_account(
                records, person.id, SignIn("google", "1", ANA, stored.to_json()), app.now()
            )
            keep_link(records, account, person.id, LinkWish(ANA), app.now())
        app.close()
        megabytes = _resting(home)
    return [Figure("worker at rest, MB / 150 MB", [Pair(each, LIMIT_MB) for each in megabytes], 1.0)]


def _resting(home: Path) -> list[float]:
    command = [str(Path(sys.executable).with_name("practice-sync")), "work"]
    worker = subprocess.Popen(
        command, env={**os.environ, "PRACTICE_SYNC_HOME": str(home)}, stderr=subprocess.PIPE
    )
    try:
        seen = []
        for _ in range(3):
            time.sleep(RESTING_SECONDS / 3)
            status = Path(f"/proc/{worker.pid}/status").read_text()
            [kilobytes] = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")]
            seen.append(int(kilobytes) / 1024)
        return seen
    finally:
        worker.terminate()
        worker.communicate(timeout=30)
