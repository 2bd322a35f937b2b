"""Ranks of rows within groups."""

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F


def top_of_each(rows: DataFrame, group: str, order: list[Column], limit: int) -> DataFrame:
    """Adds the column ``rank`` and keeps the first rows of each group in this order."""
    within_group = Window.partitionBy(group).orderBy(*order)
    return rows.withColumn("rank", F.row_number().over(within_group)).where(F.col("rank") <= limit)


def share_of_each(group: str, value: str) -> Column:
    """The share of a row's value in the total of its group, before any row is left out."""
    return F.col(value) / F.sum(value).over(Window.partitionBy(group))
