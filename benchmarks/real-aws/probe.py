"""Writes its arguments as UTF-8 in hexadecimal, a line each. Usage: probe.py --output URI [ARGUMENT ...], or probe.py --fail to fail."""
import sys

from pyspark.sql import SparkSession

spark = SparkSession.builder.appName("probe").getOrCreate()
if sys.argv[1] == "--fail":
    raise ValueError("the probe was told to fail")
lines = [argument.encode("utf-8", "surrogateescape").hex() + "." for argument in sys.argv[3:]]
spark.sparkContext.parallelize(lines, 1).saveAsTextFile(sys.argv[2])
