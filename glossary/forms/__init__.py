"""Forms of the glossary. They check what a person can mend by typing; actions check everything again."""
