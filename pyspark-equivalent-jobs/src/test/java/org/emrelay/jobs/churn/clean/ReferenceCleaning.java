package org.emrelay.jobs.churn.clean;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.udf;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/** The reference implementation of cleaning, for benchmarks: chained filters, dropDuplicates and UDFs. */
public final class ReferenceCleaning {
    private static final String SCHEMA = "userId string, sessionId bigint, itemInSession int, ts bigint, page string,"
            + " auth string, level string, gender string, registration double, location string, userAgent string,"
            + " song string, artist string, length double, method string, status int";

    private ReferenceCleaning() {}

    public static Dataset<Row> of(SparkSession session, String log) {
        UserDefinedFunction system =
                udf((UDF1<String, String>) text -> UserAgent.of(text).system(), DataTypes.StringType);
        UserDefinedFunction platform =
                udf((UDF1<String, String>) text -> UserAgent.of(text).platform(), DataTypes.StringType);
        return session.read()
                .schema(SCHEMA)
                .json(log)
                .filter("userId is not null and trim(userId) <> ''")
                .filter("auth not in ('Logged Out', 'Guest')")
                .filter("ts is not null")
                .filter("page is not null")
                .dropDuplicates("userId", "sessionId", "itemInSession", "ts", "page")
                .withColumn("ts", expr("timestamp_millis(ts)"))
                .withColumn("registration", expr("timestamp_millis(bigint(registration))"))
                .withColumn("date", expr("date(ts)"))
                .withColumn("region", expr("upper(trim(substring_index(location, ',', -1)))"))
                .withColumn("system", system.apply(col("userAgent")))
                .withColumn("platform", platform.apply(col("userAgent")))
                .withColumnRenamed("userId", "user_id")
                .withColumnRenamed("sessionId", "session_id")
                .withColumnRenamed("itemInSession", "item_in_session")
                .drop("userAgent")
                .selectExpr(EventLog.SCHEMA.fieldNames());
    }
}
