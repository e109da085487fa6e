"""Benchmarks: how much CPU time a request costs, beside a hello view in the same run."""
