"""Every table in exactly one list: does a reader without an account see what is in it?

A write to a public table raises the generation. A test compares the two lists with the database.
"""

PUBLIC_TABLES: tuple[str, ...] = ()
PRIVATE_TABLES: tuple[str, ...] = ()
