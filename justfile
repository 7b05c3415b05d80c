# Everything that must hold before a change lands.
check:
    .ci/run

# Mend what can be mended without thought.
tidy:
    uv run ruff check --fix
    uv run ruff format

# The tests alone; `just test --slow` for the longer searches.
test *ARGS:
    uv run pytest {{ ARGS }}

# The figures, as ratios; see bench/README.md.
bench *ARGS:
    uv run python -m bench {{ ARGS }}

# Write the golden mails anew after a change of wording.
golden:
    RENEW_GOLDEN=1 uv run pytest tests/domain/briefing tests/adapters -n0

# Renew the lock after changing a dependency.
lock *ARGS:
    .ci/lock {{ ARGS }}
