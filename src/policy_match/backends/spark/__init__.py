"""The Spark backend: a function mapped over the parts of a register.

There is no second compiler and no engine of ours: Spark runs, on whatever
cluster its own configuration names, the very function that screens a part on
one machine.
"""

from policy_match.backends.spark.cluster import Cluster

__all__ = ["Cluster"]
