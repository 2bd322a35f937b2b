package org.sparkpipelines.jobs.wordclouds;

import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sparkpipelines.jobs.Flags;
import org.sparkpipelines.jobs.InputTable;
import org.sparkpipelines.jobs.OutputDirectory;
import org.sparkpipelines.jobs.UserFault;

/** Puts a small table of counts before human eyes: as text, as CSV and on stdout. */
public final class WriteTable {
    // Far more lines than anyone reads, far fewer than would trouble a driver.
    private static final int MOST_LINES = 10_000;

    private final SparkSession session;
    private final Arguments arguments;

    private WriteTable(SparkSession session, Arguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        create(arguments).run();
    }

    private static WriteTable create(String[] arguments) {
        Arguments parsed = Arguments.parse(arguments);
        return new WriteTable(SparkSession.builder().getOrCreate(), parsed);
    }

    private void run() {
        OutputDirectory output = OutputDirectory.empty(session, "--output", arguments.output());
        InputTable counts = InputTable.readParquet(session, "--counts", arguments.counts());
        Dataset<Row> rows = counts.rows();
        TextTable table = TextTable.of(rows.schema(), inOrder(rows));
        output.writeText("table.csv", table.commaSeparated());
        output.writeText("table.txt", table.aligned());
        System.out.print(table.aligned());
        System.out.flush();
    }

    private List<Row> inOrder(Dataset<Row> rows) {
        List<Row> first =
                rows.orderBy(rows.col(rows.columns()[0])).limit(MOST_LINES + 1).collectAsList();
        if (first.size() > MOST_LINES) {
            throw new UserFault("--counts: " + arguments.counts() + " has more than " + MOST_LINES
                    + " rows, which is no table for people to read; count by something coarser.");
        }
        return first;
    }

    record Arguments(String counts, String output) {
        private static final List<String> KNOWN = List.of("--counts", "--output");

        Arguments {
            Objects.requireNonNull(counts, "counts");
            Objects.requireNonNull(output, "output");
        }

        static Arguments parse(String... arguments) {
            Flags flags = Flags.parse(KNOWN, arguments);
            return new Arguments(flags.required("--counts"), flags.required("--output"));
        }
    }
}
