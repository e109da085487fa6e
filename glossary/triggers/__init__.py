"""What the tables of the glossary refuse; the list is in tables.py, one module per engine names it."""
