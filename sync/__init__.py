"""The service: pull appointments, keep sessions and notes, brief the practitioner."""
