package endtoend;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Compares the rows of pairs of tables, whatever their order. Arguments: for each pair a format and two directories. Prints one line per
 * table: its number of rows, or the first row that only one side has.
 */
public final class CompareTables {
    public static void main(String[] arguments) {
        SparkSession spark = SparkSession.builder().getOrCreate();
        for (int i = 0; i < arguments.length; i += 3) {
            List<String> left = rows(spark, arguments[i], arguments[i + 1]);
            List<String> right = rows(spark, arguments[i], arguments[i + 2]);
            System.out.println(left.equals(right) ? left.size() + " equal rows" : difference(left, right));
        }
    }

    private static List<String> rows(SparkSession spark, String format, String directory) {
        List<String> rows = new ArrayList<>(spark.read()
                .format(format)
                .option("header", true)
                .load(directory)
                .toJSON()
                .collectAsList());
        rows.sort(null);
        return rows;
    }

    private static String difference(List<String> left, List<String> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            if (!left.get(i).equals(right.get(i))) {
                return "different: " + left.get(i) + " and " + right.get(i);
            }
        }
        return "different: " + left.size() + " and " + right.size() + " rows";
    }
}
