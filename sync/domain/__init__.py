"""The pure middle: it decides and touches nothing."""
