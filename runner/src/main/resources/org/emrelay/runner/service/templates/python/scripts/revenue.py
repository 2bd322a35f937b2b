"""Sums the orders of each region."""

import argparse

from pyspark.sql import SparkSession, functions as f

parser = argparse.ArgumentParser()
parser.add_argument("--large_orders", required=True)
parser.add_argument("--output", required=True)
arguments = parser.parse_args()

spark = SparkSession.builder.getOrCreate()
large_orders = spark.read.parquet(arguments.large_orders)
revenue = large_orders.groupBy("region").agg(f.count("*").alias("orders"), f.round(f.sum("amount"), 2).alias("revenue"))
revenue.orderBy(f.desc("revenue")).coalesce(1).write.csv(arguments.output, header=True)
