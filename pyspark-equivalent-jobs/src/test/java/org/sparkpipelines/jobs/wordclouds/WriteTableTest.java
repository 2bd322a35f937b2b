package org.sparkpipelines.jobs.wordclouds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkpipelines.jobs.LocalSpark;
import org.sparkpipelines.jobs.UserFault;

@ExtendWith(LocalSpark.class)
class WriteTableTest {
    @TempDir
    private Path directory;

    @Test
    void writesAndPrintsTheCountsInOrder() {
        write("year int, titles bigint", RowFactory.create(2001, 12L), RowFactory.create(1999, 3L));

        String printed = printedBy(this::writeTable);

        String table = """
                year  titles
                ----  ------
                1999       3
                2001      12
                """;
        assertThat(printed).isEqualTo(table);
        assertThat(directory.resolve("out/table.txt")).hasContent(table);
        assertThat(directory.resolve("out/table.csv")).hasContent("year,titles\n1999,3\n2001,12\n");
    }

    @Test
    void refusesATableTooLongToRead() {
        LocalSpark.session().range(10_001).toDF("year").write().parquet(uri("in"));

        assertThatThrownBy(this::writeTable)
                .isInstanceOf(UserFault.class)
                .hasMessage("--counts: " + uri("in") + " has more than 10000 rows, which is no table for people to"
                        + " read; count by something coarser.");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void asksForItsFlags() {
        assertThatThrownBy(() -> WriteTable.main(new String[] {"--output", "out"}))
                .isInstanceOf(UserFault.class)
                .hasMessage("--counts is missing. Known flags: --counts, --output.");
    }

    private void write(String schema, Row... rows) {
        LocalSpark.session()
                .createDataFrame(Arrays.asList(rows), StructType.fromDDL(schema))
                .write()
                .parquet(uri("in"));
    }

    private void writeTable() {
        WriteTable.main(new String[] {"--counts", uri("in"), "--output", uri("out")});
    }

    private String uri(String name) {
        return "file:" + directory.resolve(name);
    }

    private static String printedBy(Runnable job) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            job.run();
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
