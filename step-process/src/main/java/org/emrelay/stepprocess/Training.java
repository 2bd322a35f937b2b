package org.emrelay.stepprocess;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.split;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/**
 * Exercises common Spark operations to train the AppCDS archive.
 *
 * <p>The archive dumped at its exit holds the classes that most steps need. Its argument is the directory it writes to.
 */
public final class Training {

    private Training() {}

    public static void main(String[] args) {
        String folder = args[0];
        // The command arrived at once, so the process itself had no time to run the warm-up.
        WarmUp.run(WarmUp.PARTS, () -> false);
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            writeAndReadTables(spark, folder);
            countWords(spark, folder);
            query(spark, folder);
        }
    }

    private static void writeAndReadTables(SparkSession spark, String folder) {
        Dataset<Row> books = spark.range(100)
                .select(
                        col("id"),
                        col("id").mod(7).as("year"),
                        concat(lit("Title of Book "), col("id")).as("title"),
                        col("id").divide(3.0).as("price"));
        books.write().mode("overwrite").parquet(folder + "/parquet");
        books.write().mode("overwrite").option("header", true).csv(folder + "/csv");
        books.write().mode("overwrite").partitionBy("year").json(folder + "/json");
        spark.read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(folder + "/csv")
                .count();
        spark.read().json(folder + "/json").count();
    }

    private static void countWords(SparkSession spark, String folder) {
        spark.read()
                .parquet(folder + "/parquet")
                .select(explode(split(lower(col("title")), " ")).as("word"))
                .groupBy("word")
                .agg(count(lit(1)).as("n"))
                .orderBy(col("n").desc())
                .coalesce(1)
                .write()
                .mode("overwrite")
                .option("header", true)
                .csv(folder + "/words");
        spark.read().text(folder + "/words").distinct().collectAsList();
    }

    private static void query(SparkSession spark, String folder) {
        Dataset<Row> books = spark.read().parquet(folder + "/parquet").cache();
        books.createOrReplaceTempView("books");
        Dataset<Row> years = books.groupBy("year").agg(avg("price").as("average"));
        books.join(years, "year")
                .withColumn("rank", row_number().over(Window.partitionBy("year").orderBy(col("price"))))
                .filter(col("rank").leq(3))
                .write()
                .mode("overwrite")
                .parquet(folder + "/ranked");
        spark.sql("SELECT year, count(DISTINCT title) AS titles FROM books WHERE title LIKE '%1%' GROUP BY year")
                .show();
        books.toJavaRDD().map(row -> row.getString(2)).distinct().count();
    }
}
