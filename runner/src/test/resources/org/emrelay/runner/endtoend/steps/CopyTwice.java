package endtoend;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** Copies text to the output and to another location, twice: the second time it replaces what it has written. */
public final class CopyTwice {
    public static void main(String[] arguments) {
        Flags flags = new Flags(arguments);
        SparkSession spark = SparkSession.builder().getOrCreate();
        Dataset<String> titles = spark.read().textFile(flags.text("titles"));
        for (int time = 0; time < 2; time++) {
            for (String target : new String[] {flags.text("output"), flags.text("copy")}) {
                titles.write().mode(SaveMode.Overwrite).text(target);
            }
        }
    }
}
