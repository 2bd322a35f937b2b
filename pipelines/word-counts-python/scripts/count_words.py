"""Ranks the words of each year by the number of titles that contain them.

Reads Parquet with the columns ``year`` and ``word``, one row for each word of a title. Writes ``year``, ``rank``,
``word``, ``count`` and ``share`` (of the year's words), sorted by year and rank.
"""

import argparse

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from ranking import share_of_each, top_of_each


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", required=True, help="the words of titles, as Parquet")
    parser.add_argument("--output", required=True, help="where to write the counts, as Parquet")
    parser.add_argument("--top", type=int, default=300, help="the number of words for each year (default: %(default)s)")
    return parser.parse_args()


def count_words(words: DataFrame, top: int) -> DataFrame:
    counts = (
        words.where(F.col("year").isNotNull() & F.col("word").isNotNull())
        .groupBy("year", "word")
        .agg(F.count("*").alias("count"))
    )
    with_share = counts.withColumn("share", share_of_each("year", "count"))
    # Ties are broken alphabetically: equal input gives equal ranks.
    ranked = top_of_each(with_share, "year", [F.col("count").desc(), F.col("word")], top)
    return ranked.select("year", "rank", "word", "count", "share")


def main() -> None:
    arguments = parse_arguments()
    spark = SparkSession.builder.getOrCreate()
    try:
        counts = count_words(spark.read.parquet(arguments.words), arguments.top)
        # A few hundred rows for each year fit in one sorted file.
        counts.repartition(1).sortWithinPartitions("year", "rank").write.parquet(arguments.output)
    finally:
        spark.stop()


if __name__ == "__main__":
    main()
