"""The figures, each as a ratio in one run, so that the machine's speed of the hour does not matter."""
