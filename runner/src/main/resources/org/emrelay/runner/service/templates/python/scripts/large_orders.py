"""Selects the orders of at least min_amount."""

import argparse

from pyspark.sql import SparkSession

parser = argparse.ArgumentParser()
parser.add_argument("--orders", required=True)
parser.add_argument("--output", required=True)
parser.add_argument("--min-amount", type=float, default=0)
arguments = parser.parse_args()

spark = SparkSession.builder.getOrCreate()
orders = spark.read.csv(arguments.orders, header=True, inferSchema=True)
orders.where(orders.amount >= arguments.min_amount).write.parquet(arguments.output)
