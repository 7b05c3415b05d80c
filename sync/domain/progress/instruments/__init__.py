"""The standard questionnaires: data only, one module for each whose items may be shipped."""
