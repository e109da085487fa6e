"""Who and what the tests are about: the fixed cast, and factories named by the state they make.

Everything in `tests.factories.glossary` goes through the actions, at the time it would have happened.
"""
