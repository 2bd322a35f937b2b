package org.emrelay.jobs.classification;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.emrelay.jobs.LocalSpark;
import org.emrelay.jobs.random.KeyedRandom;

/**
 * A sample table of club members. Rare visits and a monthly tariff raise the probability of leaving; the rest is noise.
 */
public final class Members {
    public static final StructType SCHEMA = new StructType()
            .add("member", DataTypes.StringType)
            .add("left", DataTypes.StringType)
            .add("visits", DataTypes.DoubleType)
            .add("tariff", DataTypes.StringType)
            .add("town of birth", DataTypes.StringType)
            .add("age", DataTypes.IntegerType)
            .add("newsletter", DataTypes.BooleanType)
            .add("since", DataTypes.DateType)
            .add("noise", DataTypes.DoubleType)
            .add("note", DataTypes.StringType)
            .add("club", DataTypes.StringType);

    private Members() {}

    public static Dataset<Row> table(int members) {
        List<Row> rows = new ArrayList<>();
        for (int number = 0; number < members; number++) {
            rows.add(member(number));
        }
        return LocalSpark.session().createDataFrame(rows, SCHEMA);
    }

    private static Row member(int number) {
        KeyedRandom random = new KeyedRandom(7, 1, number);
        double visits = Math.round(40 * random.nextDouble()) / 10.0;
        boolean isMonthly = random.nextBoolean(40);
        double logOdds = 2.0 - 2.2 * visits + (isMonthly ? 2 : 0) + 0.5 * random.nextGaussian();
        boolean isLeaving = random.nextDouble() < 1 / (1 + Math.exp(-logOdds));
        return RowFactory.create(
                "m" + number,
                isLeaving ? "yes" : "no",
                random.nextBoolean(10) ? null : visits,
                random.nextBoolean(5) ? null : isMonthly ? "monthly" : "yearly",
                List.of("Ulm", "O'Fallon", "Sankt Pölten", "x_is_y").get(random.nextBelow(4)),
                random.nextBoolean(15) ? null : 18 + random.nextBelow(60),
                random.nextBoolean(50),
                Date.valueOf(LocalDate.of(2020, 1, 1).plusDays(random.nextBelow(900))),
                random.nextGaussian(),
                "note " + number,
                "constant");
    }
}
