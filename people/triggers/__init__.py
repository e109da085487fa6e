"""What the tables of people refuse; the list is in tables.py, one module per engine names it."""
