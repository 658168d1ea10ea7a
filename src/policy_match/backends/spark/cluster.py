"""A Spark session for the time of one screening."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Self, TypeVar

from policy_match.errors import BackendUnavailableError
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import TracebackType

Item = TypeVar("Item")
Result = TypeVar("Result")
Key = TypeVar("Key")


class Cluster:
    """Spark as its own configuration has it; local where that names no master.

    Raises BackendUnavailableError where pyspark or a Java runtime is missing.
    """

    def __init__(self) -> None:
        """Start Spark, or join the session there is."""
        try:
            from pyspark.errors import PySparkException  # noqa: PLC0415
            from pyspark.sql import SparkSession  # noqa: PLC0415
        except ModuleNotFoundError as error:
            raise BackendUnavailableError("spark", said("install-spark")) from error
        # Workers on this machine run what this process runs.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
        builder = SparkSession.builder.appName("policy-match")
        builder = builder.config("spark.ui.showConsoleProgress", "false")
        try:
            self._session = builder.getOrCreate()
        except (PySparkException, OSError) as error:
            raise BackendUnavailableError("spark", said("install-java")) from error

    def __enter__(self) -> Self:
        """Return the cluster."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave Spark."""
        self._session.stop()

    def each(
        self, function: Callable[[Item], Result], items: Sequence[Item]
    ) -> list[Result]:
        """Return what `function` makes of each item, a task each."""
        if not items:
            return []
        tasks = self._session.sparkContext.parallelize(items, len(items))
        found: list[Result] = tasks.map(function).collect()
        return found

    def sums(
        self,
        function: Callable[[Item], Iterable[tuple[Key, tuple[int, ...]]]],
        items: Sequence[Item],
    ) -> list[tuple[Key, tuple[int, ...]]]:
        """Add up, by key, the whole numbers that `function` finds in each item."""
        if not items:
            return []
        tasks = self._session.sparkContext.parallelize(items, len(items))
        sums: list[tuple[Key, tuple[int, ...]]]
        sums = tasks.flatMap(function).reduceByKey(_added).collect()
        return sums


def _added(some: tuple[int, ...], more: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(a + b for a, b in zip(some, more, strict=True))
