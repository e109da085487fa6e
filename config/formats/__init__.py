"""Dates as people write them, where Django's own formats are those of another continent."""
